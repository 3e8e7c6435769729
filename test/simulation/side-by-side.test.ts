/** Two hundred merchants at once: each goes through all that a test may do, and sees nothing of another. */
import { SEED } from '../harness/seed';
import { callAccount } from '../harness/soap-call';
import { isEntitled, makeMerchant, type Made, startSimulation, type Steered } from './control';

const MERCHANTS = 200;
const DAY = 24 * 60 * 60 * 1000;

/** The first moment of every clock, and of each merchant the end of its entitlement: a day later than the one before. */
const FIRST = Date.parse('2030-01-01T00:00:00Z');
const endOf = (index: number) => new Date(FIRST + (index + 1) * DAY).toISOString();

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The same account for all: only the entitlement is its merchant's own. */
const seedOf = (index: number) => ({
  accounts: [{ merchantAccountId: 'a1' }],
  entitlements: [
    {
      account: { merchantAccountId: 'a1' },
      merchantEntitlementId: `e${index}`,
      endTimestamp: endOf(index),
    },
  ],
});

/** All that one test does; each answer is this merchant's alone. */
async function walk(server: Steered, who: Made, index: number): Promise<void> {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer['body']> => {
    const whole = `/merchants/${who.login}${path}`;
    const answer = await server.control(method, whole, body);
    expect([whole, answer.status]).toEqual([whole, answer.status < 300 ? answer.status : 200]);
    return answer.body;
  };
  const own = `e${index}`;
  const has = (entitlement: string) => isEntitled(server, who, { entitlement });
  await call('PUT', '/clock', { action: 'freeze', instant: new Date(FIRST).toISOString() });
  const planted = await call('PUT', '/seed', seedOf(index));
  expect([await has(own), await has(`e${(index + 1) % MERCHANTS}`)]).toEqual(['1', '0']);
  await call('POST', '/snapshots/early');
  const days = MERCHANTS + 1;
  expect(
    await call('PUT', '/clock', { action: 'advance', duration: `PT${24 * days}H` }),
  ).toMatchObject({
    now: new Date(FIRST + days * DAY).toISOString(),
    happened: [{ at: endOf(index), account: 'a1', entitlement: own, action: 'expire' }],
    total: 1,
  });
  expect(await has(own)).toBe('0');
  await call('POST', '/snapshots/early/restore');
  expect(await call('GET', '/clock')).toMatchObject({ now: new Date(FIRST).toISOString() });
  expect(await call('GET', '/snapshots')).toMatchObject([{ name: 'early' }]);
  const returnCode = 500 + (index % 100);
  const match = { merchantEntitlementId: own };
  await call('PUT', '/faults', [{ operation: 'isEntitled', match, returnCode, times: 1 }]);
  expect([await has(own), await has(own)]).toEqual([String(returnCode), '1']);
  expect(await call('GET', '/faults')).toMatchObject([{ matched: 1, struck: 1 }]);
  const headers = { 'X-API-KEY': who.apiKey };
  const audit = await fetch(`${server.url}/v1/audit`, { headers });
  expect(await audit.json()).toMatchObject({ lines: [{ merchantEntitlementId: own }] });
  const requests = (await call('GET', '/requests')) as Array<Record<string, unknown>>;
  expect(requests.map(({ operation }) => operation)).toEqual([
    ...Array<string>(5).fill('Account.isEntitled'),
    'listAuditLines',
  ]);
  expect(await call('GET', `/requests/${String(requests[0]?.id)}`)).toMatchObject({
    fields: { merchantEntitlementId: own },
  });
  const asked = { operation: 'isEntitled', fields: { merchantEntitlementId: own } };
  expect(await call('POST', '/requests/count', asked)).toEqual({ count: 4 });
  expect(await call('POST', '/requests/find', asked)).toHaveLength(4);
  expect(await call('POST', '/verify', { ...asked, count: 4 })).toMatchObject({ verified: true });
  expect(await call('POST', '/requests/near-misses', asked)).toHaveLength(2);
  expect(await call('GET', '/report')).toMatchObject({
    report: expect.stringContaining(own) as unknown,
  });
  await call('DELETE', '/requests');
  expect(await call('GET', '/requests')).toEqual([]);
  await callAccount(
    server.url,
    'update',
    '<account><merchantAccountId>x</merchantAccountId></account>',
    who,
  );
  expect(await call('POST', '/reset')).toEqual(planted);
  await call('DELETE', '/snapshots/early');
  expect(await call('GET', '/snapshots')).toEqual([]);
  expect(await call('POST', '/reset', { to: 'empty' })).toMatchObject({ rows: 0 });
  expect(await has(own)).toBe('400');
}

test('two hundred merchants side by side', async () => {
  const server = await startSimulation();
  const made = await Promise.all(
    Array.from({ length: MERCHANTS }, (_, index) => makeMerchant(server, `side-${index}`)),
  );
  await Promise.all(made.map((who, index) => walk(server, who, index)));
  const before = (await server.control('GET', '/merchants')).body;
  expect(before).toHaveLength(MERCHANTS + SEED.length);
  await Promise.all(made.map(({ login }) => server.control('DELETE', `/merchants/${login}`)));
  expect((await server.control('GET', '/merchants')).body).toHaveLength(SEED.length);
}, 300_000);
