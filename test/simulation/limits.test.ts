/** What ends by time or size: a fault after its ttlSeconds, a journal at its bytes. */
import { SYSTEM_TIME } from '../../src/base/time';
import { Journal, JournalSpace } from '../../src/simulation/journal';
import { NOW } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { isEntitled, makeMerchant, startSimulation } from './control';

const MIB = 2 ** 20;

test('a fault is there for its ttlSeconds, by the machine, whatever the merchant’s clock shows', async () => {
  let elapsed = 0;
  const time = { ...SYSTEM_TIME, now: () => NOW, uptime: undefined, elapsed: () => elapsed };
  const server = await startSimulation({ time });
  const who = await makeMerchant(server, 'test-1');
  const fault = { operation: 'isEntitled', returnCode: 503, ttlSeconds: 1.5 };
  await server.control('PUT', '/merchants/test-1/faults', [fault]);
  elapsed = 1499;
  expect(await isEntitled(server, who)).toBe('503');
  const move = { action: 'advance', duration: 'PT1H' };
  await server.control('PUT', '/merchants/test-1/clock', move);
  expect(await isEntitled(server, who)).toBe('503');
  elapsed = 1500;
  expect(await isEntitled(server, who)).toBe('400');
  const { body } = await server.control('GET', '/merchants/test-1/faults');
  expect(body).toMatchObject([{ fault, struck: 2 }]);
});

test('a journal has 8 MiB at most: the oldest requests go first, and texts are cut', async () => {
  const server = await startSimulation({ settings: { maxBody: 2 * MIB } });
  const who = await makeMerchant(server, 'test-1');
  // A letter is two bytes in memory: of each request 2 MiB of a value, 128 KiB of its text.
  const note = 'x'.repeat(MIB);
  const parts = `<account><merchantAccountId>a1</merchantAccountId></account><note>${note}</note>`;
  for (let index = 0; index < 6; index += 1) {
    await callAccount(server.url, 'revokeEntitlement', parts, who);
  }
  const { body } = await server.control('GET', '/merchants/test-1/requests');
  const requests = body as unknown as Array<Record<string, unknown>>;
  expect(requests.map(({ number }) => number)).toEqual([4, 5, 6]);
  const path = `/merchants/test-1/requests/${String(requests[0]?.id)}`;
  const whole = await server.control('GET', path);
  expect(String(whole.body.raw)).toHaveLength(2 ** 16 + 1);
});

test('all journals have 128 MiB together, in equal shares', () => {
  const space = new JournalSpace();
  const journals = Array.from({ length: 32 }, () => new Journal(space));
  const fill = (journal: Journal) => {
    for (let index = 0; index < 8; index += 1) {
      const entry = {
        ...{ api: 'rest' as const, operation: 'x', id: '', number: journal.next, at: 0 },
        ...{ received: 0, problems: [], after: 0, fields: 'x'.repeat(MIB / 2) },
      };
      journal.add(entry);
    }
    return journal.entries.length;
  };
  const [first, ...others] = journals.map(fill);
  // 4 MiB each, of a MiB and a little an entry.
  expect([first, ...new Set(others)]).toEqual([3, 3]);
  for (const journal of journals.slice(1)) journal.close();
  const [alone] = journals;
  expect(alone && fill(alone)).toBe(7);
});
