/** The PHP examples, run by php-cli against the demo data. Anything PHP complains of shows, too. */
import { join } from 'node:path';
import { createDateTimeFormat } from '../../src/soap/date-time';
import type { LedgerRow } from '../../src/store/store';
import type { TestServer, TestServerOptions } from '../harness/server';
import {
  EXAMPLES,
  EXPECTED,
  expectValid,
  isInstalled,
  run,
  startDemoServer,
  testClient,
  VERSIONS,
} from './scenario';
import { collect } from '../harness/collect';

const testWithPhp = testClient(isInstalled(['php', '-m'], 'soap'), 'php-cli php-soap');

const ALL_ERRORS = ['-d', 'display_errors=1', '-d', 'error_reporting=-1'];

const NOTHING_TO_REVOKE =
  'Not revoked: 400 Entitlement revocation failed: ' +
  'Could not find active entitlement for revocation.';

let server: TestServer;
let seeded: number;

async function start(options: TestServerOptions = {}): Promise<void> {
  server = await startDemoServer(options);
  seeded = (await ledger(server)).length;
}

afterEach(() => server.stop());

function ledger({ store }: TestServer): Promise<LedgerRow[]> {
  return collect(store.listLedger({}));
}

/** The ledger's rows since the start. */
async function written(): Promise<LedgerRow[]> {
  return (await ledger(server)).slice(seeded);
}

function php(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return run('php', [...ALL_ERRORS, ...args], { LATCHKEY_URL: server.url, ...environment });
}

/** Runs PHP code that has Vindicia.php at hand. */
function phpCode(code: string, environment: Readonly<Record<string, string>> = {}) {
  const file = join(EXAMPLES, 'php', 'Vindicia.php');
  return php(['-r', `require ${JSON.stringify(file)}; ${code}`], environment);
}

describe('revoke-entitlement.php', () => {
  async function expectRevokedOnce(version = '22.0'): Promise<void> {
    const environment = { LATCHKEY_VERSION: version };
    const first = await php(['php/revoke-entitlement.php'], environment);
    const [row] = await written();
    const end = createDateTimeFormat('America/Los_Angeles').format(row?.after.end ?? NaN);
    expect(first).toEqual([`bac is revoked: it ended at ${end}`]);
    expect(await php(['php/revoke-entitlement.php'], environment)).toEqual([NOTHING_TO_REVOKE]);
    expect(await written()).toEqual([row]);
    expect(row).toMatchObject({
      merchant: 'demo',
      merchantAccountId: 'xyz123',
      action: 'revoke',
      merchantEntitlementId: 'bac',
      source: 'Account',
      actor: 'demo',
      note: 'You can play no more',
    });
    await expectValid(server, version);
  }

  for (const version of ['26.0', '22.0', '20.0', '13.0']) {
    testWithPhp(`${version}: revokes bac of xyz123, once`, async () => {
      await start();
      await expectRevokedOnce(version);
    });
  }

  for (const version of ['12.0', '8.0', '5.0', '4.3', '3.7']) {
    testWithPhp(`${version}: makes the documented call, of three arguments`, async () => {
      await start();
      await expectRevokedOnce(version);
    });
  }

  testWithPhp('says so when the password is wrong', async () => {
    await start();
    expect(await php(['php/revoke-entitlement.php'], { LATCHKEY_PASSWORD: 'wrong' })).toEqual([
      'Not revoked: 403 Permission denied to domain "soap"',
    ]);
    expect(await written()).toEqual([]);
  });
});

describe('Vindicia.php', () => {
  beforeEach(() => start());

  testWithPhp('takes srd first, and answers objects with getters and lists', async () => {
    const code = `
      $account = (new Account())->setMerchantAccountId('xyz123');
      $entitlement = (new Entitlement())->setMerchantEntitlementId('news');
      $response = $account->grantEntitlement('{"account":["entitlements"]}', $entitlement);
      $account = $response['data']->account;
      echo get_class($account), ' ', strlen($account->getVID()), ' ', strlen($response['soapId']), "\\n";
      foreach ($account->entitlements as $entitlement) echo $entitlement->getMerchantEntitlementId(), "\\n";
      var_dump($account->name, $account->getName());`;
    expect(await phpCode(code)).toEqual([
      'Account 40 40',
      ...['bac', 'forum', 'news'],
      ...['NULL', 'NULL'],
    ]);
  });

  testWithPhp("spells fields as the contract does, and takes a reply's objects back", async () => {
    const code = `
      $pair = (new NameValuePair())->setName('tier')->setValue('gold');
      $account = new Account();
      $account->merchantaccountid = 'xyz123';
      $account->setWarnBeforeAutoBilling(true)->setNameValues([$pair]);
      $account->setShippingAddress((new Address())->setCity('Köln'));
      $saved = $account->update()['data']->account;
      $again = $saved->setName('Jane')->update()['data'];
      var_dump($again->created, $again->account->warnBeforeAutobilling);
      echo json_encode($again->account->nameValues), $again->account->shippingAddress->city;`;
    expect(await phpCode(code)).toEqual([
      'bool(false)',
      'bool(true)',
      '[{"name":"tier","value":"gold"}]Köln',
    ]);
  });

  testWithPhp('turns a Fault, and a server that is not there, into returnCode 500', async () => {
    const code = `
      $account = (new Account())->setMerchantAccountId('xyz123');
      $response = $account->revokeEntitlement(null, null, 'bac', str_repeat('x', 1048576));
      echo $response['returnCode'], ' ', $response['returnString'], "\\n";
      echo strlen($response['soapId']), ' ', $response['data']->return->returnCode, ' ';
      echo get_class($response['fault']);`;
    expect(await phpCode(code)).toEqual([
      '500 The request body is larger than 1048576 bytes.',
      '40 500 SoapFault',
    ]);
    const [answer] = await phpCode(
      `$response = (new Account())->update(); echo json_encode([$response['returnCode'], $response['soapId']]);`,
      { LATCHKEY_URL: `${server.url}/nowhere` },
    );
    expect(answer).toBe('[500,null]');
  });

  const MISTAKES = [
    ['nope()', 'BadMethodCallException: Account has no operation "nope" in API version 22.0'],
    [
      'revokeEntitlement(1, 2, 3, 4, 5)',
      'ArgumentCountError: Account.revokeEntitlement takes no more arguments than ' +
        '(srd, entitlement, merchantEntitlementId, note) in API version 22.0',
    ],
    [
      // Here the object itself is not "account" but "parent".
      'addChildren(1, 2, 3, 4, 5)',
      'ArgumentCountError: Account.addChildren takes no more arguments than ' +
        '(srd, child, force, payerReplacementBehavior) in API version 22.0',
    ],
    [
      'setNope(1)->update()',
      'InvalidArgumentException: Account has no field "nope" in API version 22.0',
    ],
  ] as const;
  for (const [call, message] of MISTAKES) {
    testWithPhp(`throws at a mistake of the program: ${call}`, async () => {
      const code = `
        try { (new Account())->${call}; }
        catch (Throwable $error) { echo get_class($error), ': ', $error->getMessage(); }`;
      expect(await phpCode(code)).toEqual([message]);
    });
  }
});

describe('scenario.php', () => {
  async function expectScenario(variant: string, version = '22.0'): Promise<void> {
    const lines = await php(['php/scenario.php', variant], { LATCHKEY_VERSION: version });
    expect(lines).toEqual(EXPECTED);
    expect((await written()).map(({ action }) => action)).toEqual(['grant', 'revoke']);
    await expectValid(server, version);
  }

  const VARIANTS = [
    ...['wsdl', 'gzip', 'deflate', 'soap12', 'close'],
    ...['nonwsdl', 'nonwsdl-soap12', 'nonwsdl-objects', 'nonwsdl-document'],
  ];
  for (const version of VERSIONS) {
    for (const variant of VARIANTS) {
      testWithPhp(`${variant} at ${version}`, async () => {
        await start();
        await expectScenario(variant, version);
      });
    }
  }

  for (const variant of ['wsdl', 'nonwsdl']) {
    testWithPhp(`${variant}, replies with xsi:type`, async () => {
      await start({ settings: { xsiTypes: true } });
      await expectScenario(variant);
    });
  }
});
