/** Endpoints that are disabled: for what, what is sent of it, and how they go on. */
import { enableEndpoint } from '../../src/webhooks/endpoints';
import { Post } from './post';
import { Receiver } from './receiver';

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

let post: Post;
let receiver: Receiver;
let other: Receiver;

beforeEach(async () => {
  post = await Post.open();
  receiver = await new Receiver().start();
  other = await new Receiver().start();
});
afterEach(async () => {
  await post.close();
  await receiver.stop();
  await other.stop();
});

const statesOf = async (endpoint: number) =>
  (await post.messages(endpoint)).map(({ state }) => state);

test('410 disables; after it is enabled again, all goes on where it stopped', async () => {
  const id = await post.endpoint('a', receiver.url);
  const ada = await post.account('ada');
  receiver.manner = 410;
  await post.grant(ada, 'one');
  await post.pass();
  expect(await post.found(id)).toMatchObject({
    disabledAt: expect.any(Number) as number,
    disabledReason: 'it answered 410: it is gone for good',
  });
  await post.grant(ada, 'two');
  await post.pass(DAY);
  expect(receiver.received).toHaveLength(1);
  receiver.manner = 200;
  const healthy = {
    failingSince: undefined,
    notBefore: undefined,
    disabledAt: undefined,
    disabledReason: undefined,
  };
  await post.store.transact(post.merchant, async ({ webhooks }) => webhooks.setState(id, healthy));
  await post.pass();
  // Between them is the event that it was disabled.
  expect(receiver.events.map(({ sequence }) => sequence)).toEqual([1, 1, 3]);
});

test('what was taken and not sent yet is not sent to one that answers 410', async () => {
  const id = await post.endpoint('a', receiver.url);
  receiver.manner = 410;
  for (let n = 0; n < 60; n += 1) await post.grant(await post.account(`a${n}`), 'one');
  await post.pass();
  expect(receiver.received).toHaveLength(32);
  receiver.manner = 200;
  await post.store.transact(post.merchant, async (unit) => {
    const work = { actor: 'office', callId: undefined, now: unit.now() };
    await enableEndpoint(unit, work, await post.found(id));
  });
  await post.pass();
  expect(new Set(receiver.events.map(({ sequence }) => sequence)).size).toBe(60);
  expect(new Set(await statesOf(id))).toEqual(new Set(['delivered']));
});

test('that an endpoint is disabled goes to the others, and not to itself, in its own time either', async () => {
  const [id, well] = [await post.endpoint('a', receiver.url), await post.endpoint('b', other.url)];
  receiver.manner = 410;
  await post.grant(await post.account('ada'), 'one');
  await post.pass();
  await post.pass();
  const { endpointId, failingSince, disabledReason } = await post.found(id);
  expect(other.events.map(({ type }) => type)).toEqual([
    'entitlement.granted',
    'endpoint.disabled',
  ]);
  expect(other.events[1]?.data).toEqual({
    actor: 'latchkey',
    endpoint: {
      ...{ id: endpointId, kind: 'webhook', disabledReason },
      failingSince: new Date(failingSince ?? 0).toISOString(),
    },
  });
  receiver.manner = 200;
  await post.store.transact(post.merchant, async (unit) => {
    const work = { actor: 'office', callId: undefined, now: unit.now() };
    await enableEndpoint(unit, work, await post.found(id));
  });
  await post.pass();
  expect(receiver.events.map(({ sequence }) => sequence)).toEqual([1, 1]);
  expect((await post.found(id)).cursor).toBe(3);
  expect(other.events.map(({ type }) => type).slice(2)).toEqual(['endpoint.enabled']);
  expect(await statesOf(well)).toEqual(['delivered', 'delivered', 'delivered']);
});

test('five days of nothing but failures disable an endpoint', async () => {
  const id = await post.endpoint('a', receiver.url);
  receiver.manner = 500;
  await post.grant(await post.account('ada'), 'one');
  await post.pass();
  const isDisabled = async () => (await post.found(id)).disabledAt !== undefined;
  for (let hour = 0; hour < 5 * 24 - 1; hour += 1) {
    await post.grant(await post.account(`a${hour}`), 'x');
    await post.pass(HOUR);
  }
  expect(await isDisabled()).toBe(false);
  await post.pass(11 * HOUR);
  expect(await isDisabled()).toBe(true);
  expect((await post.found(id)).disabledReason).toBe('every attempt of five days failed');
  const { length } = receiver.received;
  await post.pass(DAY);
  expect(receiver.received).toHaveLength(length);
  // Thousands of attempts.
}, 180_000);
