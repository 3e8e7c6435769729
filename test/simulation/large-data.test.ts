/** Data of thousands of rows: others go on while they are put back, and nobody sees a half of them. */
import { NOW } from '../harness/server';
import { grantOf, vidOf } from '../store-suite/subject';
import { grant, isEntitled, makeMerchant, type Made, startSimulation } from './control';

const ENTITLEMENTS = 3000;
const LAST = `id${ENTITLEMENTS - 1}`;

/** A merchant whose account has thousands of entitlements, and another. */
async function startLarge() {
  const server = await startSimulation();
  const who = await makeMerchant(server, 'test-1');
  const other = await makeMerchant(server, 'test-2');
  await grant(server, other);
  const { id = 0 } = (await server.store.findMerchant('test-1')) ?? {};
  await server.store.transact(id, async (unit) => {
    const values = { VID: vidOf('a1'), merchantAccountId: 'a1' };
    const row = await unit.insertAccount(values, NOW);
    for (let number = 0; number < ENTITLEMENTS; number += 1) {
      const after = { start: NOW - 1000, end: undefined, description: undefined };
      await unit.recordChange(grantOf(row, `id${number}`, { at: NOW, after, actor: 'test-1' }));
    }
  });
  return { server, who, other, id };
}

test('calls of the merchant wait for a restore, those of others do not', async () => {
  const { server, who, other } = await startLarge();
  const call = (method: string, path: string, body?: object) =>
    server.control(method, `/merchants/test-1${path}`, body);
  await call('POST', '/snapshots/all');
  const meanwhile = new AbortController();
  const answers = async (of: Made, entitlement = 'play') => {
    const given = new Set<string | undefined>();
    for (;;) {
      const answer = await isEntitled(server, of, { entitlement });
      if (meanwhile.signal.aborted) return [...given];
      given.add(answer);
    }
  };
  const restored = call('POST', '/snapshots/all/restore').finally(() => meanwhile.abort());
  const own = Promise.all(['id0', LAST].map((entitlement) => answers(who, entitlement)));
  expect(await answers(other)).toEqual(['1']);
  expect((await restored).status).toBe(200);
  expect((await own).flat().filter((answer) => answer !== '1')).toEqual([]);
});

test('more rows than are kept are refused, and counted over all snapshots', async () => {
  const { server, id } = await startLarge();
  const call = (method: string, path: string, body?: object) =>
    server.control(method, `/merchants/test-1${path}`, body);
  const { body: first } = await call('POST', '/snapshots/first');
  const { merchantStates } = server.store;
  const real = merchantStates.take.bind(merchantStates);
  const room: unknown[] = [];
  jest.spyOn(merchantStates, 'take').mockImplementation((merchant, most) => {
    room.push(most);
    return real(merchant, ENTITLEMENTS);
  });
  const left = 500_000 - Number(first.rows);
  expect(await call('POST', '/snapshots/second')).toMatchObject({
    status: 409,
    body: {
      message:
        `The data have more than ${left} rows, and no more is left of the 500000 that are kept of a merchant: ` +
        'delete a snapshot, or reset to empty before.',
    },
  });
  expect((await call('PUT', '/seed', {})).status).toBe(409);
  expect((await call('POST', '/snapshots/first')).status).toBe(409);
  expect(room).toEqual([left, 500_000, 500_000]);
  expect((await call('GET', '/snapshots')).body).toMatchObject([{ name: 'first' }]);
  expect(await real(id, Number(first.rows))).toBeDefined();
});
