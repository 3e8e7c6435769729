/** Very many children of one call: changed in several units of work, and none of them where one is refused. */
import { CHILDREN_OF_UNIT } from '../../src/cashbox/account/family';
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { callAccount } from '../harness/soap-call';

const MANY = 2 * CHILDREN_OF_UNIT + 50;
const UNITS = 3;

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ merchants: SEED });
});

const named = (id: string) => `<merchantAccountId>${id}</merchantAccountId>`;
const childrenOf = (ids: readonly string[]) =>
  ids.map((id) => `<child>${named(id)}</child>`).join('');
const ids = Array.from({ length: MANY }, (_, number) => `kid${number}`);

/** @returns the returnCode and string, the units that wrote, and the children that the answer names */
async function change(operation: string, parent: string, children: readonly string[], more = '') {
  server.statements.length = 0;
  const parts = `<parent>${named(parent)}</parent>${childrenOf(children)}${more}`;
  const { returnCode, returnString, body } = await callAccount(server.url, operation, parts);
  const units = server.statements.filter((sql) => sql.startsWith('COMMIT')).length;
  const answered = [...body.matchAll(/<merchantAccountId[^>]*>(kid\d+)</g)].map(([, id]) => id);
  return { returnCode, returnString, units, answered };
}

const add = (children: readonly string[], more = '') =>
  change('addChildren', 'mum', children, more);
const remove = (children: readonly string[]) => change('removeChildren', 'mum', children);

async function family(parent = 'mum'): Promise<number> {
  const { body } = await callAccount(
    server.url,
    'fetchFamily',
    `<account>${named(parent)}</account>`,
  );
  return [...body.matchAll(/<merchantAccountId[^>]*>kid\d+</g)].length;
}

test('many are added in several units, each once, and removed so', async () => {
  const added = await add([...ids, 'kid0', 'kid1']);
  expect(added).toMatchObject({ returnCode: '200', units: UNITS });
  expect(added.answered).toEqual(ids);
  expect(await family()).toBe(MANY);
  expect(await remove(ids)).toMatchObject({ returnCode: '200', units: UNITS });
  expect(await family()).toBe(0);
});

test('few are added in one', async () => {
  expect(await add(ids.slice(0, CHILDREN_OF_UNIT))).toMatchObject({ units: 1 });
});

test('one that has another parent refuses all of them, and force takes it', async () => {
  await change('addChildren', 'dad', [ids.at(-1) ?? '']);
  const refused = await add(ids);
  expect(refused).toMatchObject({ returnCode: '400', units: 0 });
  expect(refused.returnString).toMatch(/^Failed to add children: kid449 has another parent, dad/);
  expect(await family('dad')).toBe(1);
  expect(await add(ids, '<force>true</force>')).toMatchObject({ returnCode: '200', units: UNITS });
  expect([await family(), await family('dad')]).toEqual([MANY, 0]);
});

test.each([
  ['one that is no child', [...ids.slice(1), 'other']],
  ['one that is named twice', [...ids, 'kid0']],
])('%s refuses to remove any', async (_, children) => {
  await change('addChildren', 'dad', ['other']);
  await add(ids);
  const refused = await remove(children);
  expect(refused).toMatchObject({ returnCode: '400', units: 0 });
  expect(refused.returnString).toMatch(
    /^Failed to remove children: (other|kid0) is no child of mum/,
  );
  expect(await family()).toBe(MANY);
});
