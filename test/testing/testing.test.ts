/** `latchkey/testing`: one interface, in the test's own process and over HTTP. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectLatchkey, type Latchkey, LatchkeyError, startLatchkey } from '../../src/testing';
import { callAccount } from '../harness/soap-call';
import { ROOT, startTestServer } from '../harness/server';

const NAMED =
  '<account><merchantAccountId>ada</merchantAccountId></account>' +
  '<merchantEntitlementId>play</merchantEntitlementId>';
const SEED = {
  accounts: [{ merchantAccountId: 'ada' }],
  entitlements: [
    {
      account: { merchantAccountId: 'ada' },
      merchantEntitlementId: 'play',
      endTimestamp: '2100-01-01T00:00:00Z',
    },
  ],
};
const ASKED = { operation: 'isEntitled', fields: { 'account.merchantAccountId': 'ada' } };

let started: Latchkey;
beforeAll(async () => {
  started = await startLatchkey();
});
afterAll(() => started.stop());

const makers: ReadonlyArray<readonly [string, () => Promise<Latchkey>]> = [
  ['startLatchkey', () => Promise.resolve(started)],
  ['connectLatchkey', () => connectLatchkey(`${started.url}/`)],
];

describe.each(makers)('%s', (_name, make) => {
  test('a merchant with its data, clock, faults and requests, removed at the end', async () => {
    const latchkey = await make();
    let control: string;
    {
      await using merchant = await latchkey.merchant();
      ({ control } = merchant);
      await merchant.seed(SEED);
      const entitled = async () => {
        const { body } = await callAccount(latchkey.url, 'isEntitled', NAMED, merchant);
        return /<entitled[^>]*>(\d)</.exec(body)?.[1] ?? /<returnCode>(\d+)</.exec(body)?.[1];
      };
      const snapshot = await merchant.snapshot();
      expect(await entitled()).toBe('1');
      await merchant.clock.freeze();
      const { happened } = await merchant.clock.set(new Date('2101-01-01T00:00:00Z'));
      expect(happened).toMatchObject([{ account: 'ada', entitlement: 'play', action: 'expire' }]);
      expect(await entitled()).toBe('0');
      await snapshot.restore();
      expect(await entitled()).toBe('1');
      await merchant.faults.set({ operation: 'isEntitled', returnCode: 500, times: 1 });
      expect(await entitled()).toBe('500');
      expect(await merchant.faults.list()).toMatchObject([{ struck: 1 }]);
      await merchant.faults.clear();
      expect(await merchant.requests.count(ASKED)).toBe(4);
      expect(await merchant.verify({ ...ASKED, count: 4 })).toMatchObject({ verified: true });
      await expect(merchant.verify({ ...ASKED, never: true })).rejects.toThrow(
        'Expected none, but 4 of 4 requests are isEntitled with account.merchantAccountId=ada.',
      );
      const [first] = await merchant.requests.list();
      expect(await merchant.requests.get(first?.id ?? '')).toMatchObject({
        reply: { status: 200 },
      });
      expect(await merchant.requests.count({ operation: 'revokeEntitlement' })).toBe(0);
      expect(await merchant.report()).toContain('Nearly revokeEntitlement: Account.isEntitled (');
      await merchant.requests.clear();
      expect(await merchant.requests.nearMisses(ASKED)).toEqual([]);
      await merchant.reset('empty');
      expect(await entitled()).toBe('400');
    }
    expect((await fetch(`${control}/clock`)).status).toBe(404);
  });

  test('its own calls are about the demo merchant; wsdl names what is served', async () => {
    const latchkey = await make();
    await latchkey.reset();
    await latchkey.clock.advance('P1D');
    expect((await latchkey.clock.get()).mode).toBe('running');
    await latchkey.reset();
    expect((await fetch(latchkey.wsdl())).status).toBe(200);
    expect(latchkey.wsdl('AutoBill', '4.3')).toBe(`${latchkey.url}/4.3/AutoBill.wsdl`);
  });

  test('a refusal rejects with its status and its sentence', async () => {
    const latchkey = await make();
    const refused = latchkey.clock.advance('soon');
    await expect(refused).rejects.toBeInstanceOf(LatchkeyError);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('duration must be an ISO 8601 duration') as unknown,
    });
  });
});

test('a server that is no simulation is refused', async () => {
  const { url } = await startTestServer();
  await expect(connectLatchkey(url)).rejects.toThrow('is no simulation: start it with --simulate');
});

/** Steers with all that might keep a process, and stops: nothing ends the process but that nothing is left. */
const PROGRAM = `
  const { startLatchkey } = require(${JSON.stringify(join(ROOT, 'dist', 'src', 'testing'))});
  (async () => {
    const latchkey = await startLatchkey();
    const merchant = await latchkey.merchant();
    await merchant.faults.set({ delay: 600000 });
    await merchant.clock.advance('P1D');
    await latchkey.stop();
    await latchkey.stop();
    console.log('stopped');
  })();
`;

test('stopped, nothing is left: no timer, no socket; the process ends by itself', async () => {
  const ended = promisify(execFile)(process.execPath, ['-e', PROGRAM], { timeout: 50_000 });
  expect((await ended).stdout).toBe('stopped\n');
});
