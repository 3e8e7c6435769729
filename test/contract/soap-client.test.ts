/**
 * The contract as an independent client sees it: the package `soap` reads the served WSDL, sends by
 * it and reads the replies by it.
 */
import { join } from 'node:path';
import { type Client, createClientAsync } from 'soap';
import { IGNORED_TYPES } from '../../src/cashbox/ignored-types';
import { loadContract } from '../../src/contract/contract';
import type { ComplexType } from '../../src/contract/model';
import { CLASSES, OPERATION_COUNTS } from './classes';
import { NOW, ROOT, startTestServer, type TestServer } from '../harness/server';

const VID = /^[0-9a-f]{40}$/;
const AUTH = { version: '22.0', login: 'demo', password: 'demo' };
const XYZ = { merchantAccountId: 'xyz123' };
const OK = expect.objectContaining({ returnCode: '200', returnString: 'OK' }) as object;

interface Reply {
  readonly return: { readonly returnCode: string; readonly returnString: string };
  readonly account?: Record<string, unknown> & { readonly entitlements?: unknown };
  readonly created?: boolean;
  readonly entitled?: boolean;
}

type Call = (parts: object) => Promise<[Reply, ...unknown[]]>;

let server: TestServer;
let client: Client;

beforeEach(async () => {
  const accounts = [{ account: { ...XYZ, name: 'Jane Gamer' }, entitlements: [] }];
  server = await startTestServer({ merchants: [{ login: 'demo', password: 'demo', accounts }] });
  client = await createClientAsync(`${server.url}/22.0/Account.wsdl`, { disableCache: true });
});

afterEach(() => server.stop());

async function call(operation: string, parts: object): Promise<Reply> {
  const send = (client as unknown as Record<string, Call>)[`${operation}Async`];
  if (!send) throw new Error(`the WSDL has no ${operation}`);
  const [reply] = await send({ auth: AUTH, srd: '', ...parts });
  return reply;
}

const grant = (merchantEntitlementId: string, more: object = {}) =>
  call('grantEntitlement', { account: XYZ, entitlement: { merchantEntitlementId, ...more } });

/** Every element of an Account that is kept, each with a value of its own. */
const FULL = {
  merchantAccountId: 'every/field äöü €',
  externalId: 'external-1',
  parentMerchantAccountId: 'xyz123',
  defaultCurrency: 'EUR',
  emailAddress: 'zoe@example.com',
  emailTypePreference: 'html',
  preferredLanguage: 'de',
  warnBeforeAutobilling: true,
  company: 'Söhne & <Töchter>',
  name: 'Zoë "Z" Müller 😀',
  shippingAddress: {
    name: 'Zoë',
    addr1: 'Straße 1',
    addr2: 'second',
    addr3: 'third',
    city: 'München',
    county: 'Oberbayern',
    district: 'BY',
    postalCode: '80331',
    country: 'DE',
    phone: '+49 89 1',
    fax: '+49 89 2',
    latitude: 48.137154,
    longitude: -11.576124,
  },
  nameValues: [
    { name: 'a', value: '1' },
    { name: 'b', value: '2' },
  ],
  taxExemptions: [
    { region: 'DE', exemptionId: 'second', active: false },
    { region: 'AT', exemptionId: 'first', active: true },
  ],
  taxType: 'vat',
};

/** Elements that an Account may also hold, but no update takes from it. */
const NOT_KEPT = {
  paymentMethods: [{ type: 'CreditCard', accountHolderName: 'Zoë', active: true }],
  tokenBalances: [{ token: { merchantTokenId: 'gold' }, amount: 3 }],
  credit: { tokenAmounts: [{ token: { merchantTokenId: 'gold' }, amount: 3 }] },
  entitlements: [{ merchantEntitlementId: 'not-by-update', active: true }],
};

describe('accounts', () => {
  test('update, fetchByMerchantAccountId, fetchByVid: every field comes back, and as its type', async () => {
    const created = await call('update', { account: { ...FULL, ...NOT_KEPT } });
    expect(created).toEqual({ return: OK, account: expect.anything() as object, created: true });
    const vid = created.account?.VID;
    expect(vid).toMatch(VID);
    expect(created.account).toEqual({
      ...FULL,
      VID: vid,
      shippingAddress: { ...FULL.shippingAddress, VID: expect.stringMatching(VID) as string },
    });

    const { merchantAccountId } = FULL;
    const expected = { return: OK, account: created.account };
    expect(await call('fetchByMerchantAccountId', { merchantAccountId })).toEqual(expected);
    expect(await call('fetchByVid', { vid })).toEqual(expected);
  });

  test('the test above leaves no field of Account and Address out', () => {
    const types = loadContract(join(ROOT, 'wsdl')).newest.types;
    const namesOf = (type: string) => (types.get(type) as ComplexType).fields.map((f) => f.name);
    expect(Object.keys({ VID, ...FULL, ...NOT_KEPT }).sort()).toEqual(namesOf('Account').sort());
    expect(Object.keys({ VID, ...FULL.shippingAddress }).sort()).toEqual(namesOf('Address').sort());
    const ignored = (types.get('Account') as ComplexType).fields
      .filter(({ type }) => IGNORED_TYPES.has(type.name))
      .map(({ name }) => name);
    expect(Object.keys(NOT_KEPT)).toEqual([...ignored, 'entitlements']);
  });

  test('update: an account that is there changes, what is absent stays', async () => {
    const reply = await call('update', { account: { ...XYZ, company: 'Games' } });
    expect(reply).toMatchObject({ account: { name: 'Jane Gamer', company: 'Games' } });
    expect(reply.created).toBe(false);
  });

  test('update: lists of one item come back as lists', async () => {
    const lists = {
      nameValues: [{ name: 'a', value: '1' }],
      taxExemptions: [{ region: 'AT', exemptionId: '1', active: true }],
    };
    const reply = await call('update', { account: { ...XYZ, ...lists } });
    expect(reply.account).toMatchObject(lists);
  });

  test('update: srd names what comes back', async () => {
    const reply = await call('update', { account: XYZ, srd: '{"account": {"name": true}}' });
    expect(reply.account).toEqual({
      VID: expect.stringMatching(VID) as string,
      ...XYZ,
      name: 'Jane Gamer',
    });
  });
});

describe('entitlements', () => {
  test('grantEntitlement: one, then several, with their dates as Date', async () => {
    const startTimestamp = new Date('2024-01-01T00:00:00-08:00');
    const endTimestamp = new Date('2025-07-01T12:30:00Z');
    const dates = {
      startTimestamp: startTimestamp.toISOString(),
      endTimestamp: endTimestamp.toISOString(),
    };
    const [news, archive, later] = [
      {
        merchantEntitlementId: 'news',
        description: 'Größe <L> & "mehr"',
        startTimestamp,
        endTimestamp,
        active: true,
      },
      {
        merchantEntitlementId: 'archive',
        // The last completed second.
        startTimestamp: new Date('2024-06-01T11:59:59Z'),
        active: true,
      },
      { merchantEntitlementId: 'later', startTimestamp: endTimestamp, active: false },
    ] as const;
    const one = await grant('news', { description: news.description, ...dates });
    expect(one.return).toEqual(OK);
    expect(one.account?.entitlements).toEqual([news]);
    expect((await grant('archive')).account?.entitlements).toEqual([archive, news]);
    const three = await grant('later', { startTimestamp: dates.endTimestamp });
    expect(three.account?.entitlements).toEqual([archive, later, news]);
  });

  test('isEntitled: true between grant and revocation, a boolean', async () => {
    const ask = () => call('isEntitled', { account: XYZ, merchantEntitlementId: 'news' });
    expect(await ask()).toEqual({ return: OK, entitled: false });
    await grant('news');
    expect(await ask()).toEqual({ return: OK, entitled: true });
    await call('revokeEntitlement', { account: XYZ, merchantEntitlementId: 'news', note: 'No' });
    expect(await ask()).toEqual({ return: OK, entitled: false });
  });

  test.each([
    ['merchantEntitlementId', { merchantEntitlementId: 'news' }],
    ['the Entitlement', { entitlement: { merchantEntitlementId: 'news' } }],
  ])('revokeEntitlement: by %s, its end is past', async (_title, named) => {
    await grant('keep');
    await grant('news');
    const reply = await call('revokeEntitlement', { account: XYZ, ...named });
    expect(reply.return).toEqual(OK);
    const [keep, news] = reply.account?.entitlements as Array<Record<string, unknown>>;
    expect(keep).toMatchObject({ merchantEntitlementId: 'keep', active: true });
    expect(keep).not.toHaveProperty('endTimestamp');
    expect(news).toMatchObject({ merchantEntitlementId: 'news', active: false });
    expect(news?.endTimestamp).toBeInstanceOf(Date);
    expect(Number(news?.endTimestamp)).toBeLessThan(NOW);
  });
});

test.each(CLASSES)('%s: the WSDL is read, and every operation of it called', async (name) => {
  const ofClass = await createClientAsync(`${server.url}/22.0/${name}.wsdl`, {
    disableCache: true,
  });
  const operations = Object.keys(
    (ofClass.describe() as Record<string, Record<string, Record<string, object>>>)[name]?.[
      `${name}Port`
    ] ?? {},
  );
  expect(operations).toHaveLength(OPERATION_COUNTS[name] ?? NaN);
  for (const operation of operations) {
    const send = (ofClass as unknown as Record<string, Call>)[`${operation}Async`];
    const [reply] = (await send?.({ auth: { ...AUTH, password: 'wrong' }, srd: '' })) ?? [];
    expect(reply?.return.returnCode).toBe('403');
  }
});

describe('refusals', () => {
  test.each([
    ['update', { account: { VID: 'none' } }, 'Unable to load account by VID "none":  No match.'],
    ['fetchByMerchantAccountId', {}, 'Must specify merchantAccountId to load by!'],
    ['fetchByVid', { vid: 'none' }, 'Unable to load account by VID "none":  No match.'],
    ['grantEntitlement', { account: XYZ }, 'Entitlement not specified.'],
    [
      'revokeEntitlement',
      { account: XYZ, merchantEntitlementId: 'news' },
      'Entitlement revocation failed: Could not find active entitlement for revocation.',
    ],
    ['isEntitled', { merchantEntitlementId: 'news' }, 'Base Account not specified.'],
  ])('%s: a Return of 400', async (operation, parts, returnString) => {
    const { return: result, account } = await call(operation, parts);
    expect(result).toMatchObject({ returnCode: '400', returnString });
    expect(account).toBeUndefined();
  });

  test('wrong password: a Return of 403 beside what the response requires', async () => {
    const reply = await call('update', { auth: { ...AUTH, password: 'wrong' }, account: XYZ });
    expect(reply).toEqual({
      return: {
        returnCode: '403',
        returnString: 'Permission denied to domain "soap"',
        soapId: expect.stringMatching(VID) as string,
      },
      created: false,
    });
  });

  test('an operation that is not implemented: a Return of 501', async () => {
    const { return: result } = await call('makePayment', { account: XYZ, amount: '1' });
    expect(result.returnCode).toBe('501');
    expect(result.returnString).toBe('Account.makePayment is not implemented.');
  });

  test('a header that must be understood: a Fault', async () => {
    client.addSoapHeader('<t:Transaction xmlns:t="urn:test" soap:mustUnderstand="1"/>');
    await expect(call('fetchByVid', { vid: 'none' })).rejects.toMatchObject({
      response: { status: 500 },
      root: {
        Envelope: {
          Body: {
            Fault: {
              faultcode: 'soap:MustUnderstand',
              faultstring: 'The header Transaction is not understood.',
              detail: { soapId: expect.stringMatching(VID) as string },
            },
          },
        },
      },
    });
  });
});
