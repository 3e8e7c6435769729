/** Messages on their way to real receivers: what is sent, in which order, and what becomes of it when a receiver fails. */
import { STANDARD } from '../../src/webhooks/standard';
import { grantOf } from '../store-suite/subject';
import { Post, SECRET } from './post';
import { Receiver } from './receiver';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let post: Post;
let receiver: Receiver;

beforeEach(async () => {
  post = await Post.open();
  receiver = await new Receiver().start();
});
afterEach(async () => {
  await post.close();
  await receiver.stop();
});

const statesOf = async (endpoint: number) =>
  (await post.messages(endpoint)).map(({ state }) => state);

test('an event goes out as JSON, signed as the specification has it', async () => {
  const id = await post.endpoint('a', receiver.url);
  await post.grant(await post.account('ada'), 'gold');
  await post.pass();
  const [received, ...others] = receiver.received;
  if (!received) throw new Error('nothing came');
  expect(others).toEqual([]);
  expect(receiver.verify(SECRET, received)).toMatchObject({
    type: 'entitlement.granted',
    sequence: 1,
    timestamp: new Date(post.time.now() - 300).toISOString(),
    data: { account: { merchantAccountId: 'ada' }, entitlement: { merchantEntitlementId: 'gold' } },
  });
  expect(() => receiver.verify(SECRET, { ...received, body: `${received.body} ` })).toThrow();
  const names = received.rawHeaders.filter((_, index) => index % 2 === 0);
  expect(names).toEqual(
    expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature']),
  );
  expect(received.headers['webhook-id']).toBe((JSON.parse(received.body) as { id: string }).id);
  expect(await post.messages(id)).toMatchObject([
    { state: 'delivered', attempts: 1, all: [{ number: 1, status: 204, answer: '' }] },
  ]);
});

test('the specification’s own vector', async () => {
  // https://github.com/standard-webhooks/standard-webhooks: msg_p5jXN8AQM9LWM0D4loKWxJek.
  const secrets = { signing: [{ value: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }] };
  const endpoint = { ...(await post.found(await post.endpoint('a', receiver.url))), secrets };
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  expect(STANDARD.requestOf(message, endpoint, 1_614_265_330_000).headers).toMatchObject({
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a failure holds up the account, in order, and no other; the text stays the same', async () => {
  const id = await post.endpoint('a', receiver.url);
  const [ada, bob] = [await post.account('ada'), await post.account('bob')];
  receiver.manner = (response, { body }) =>
    response.writeHead(body.includes('"one"') && receiver.received.length < 3 ? 500 : 200).end('x');
  await post.grant(ada, 'one');
  await post.grant(ada, 'two');
  await post.grant(bob, 'three');
  await post.pass();
  expect(receiver.events.map(({ sequence }) => sequence)).toEqual([1, 3]);
  await post.pass(4 * SECOND);
  expect(receiver.received).toHaveLength(2);
  await post.pass(SECOND);
  expect(receiver.events.map(({ sequence }) => sequence)).toEqual([1, 3, 1, 2]);
  expect(receiver.received[2]?.body).toBe(receiver.received[0]?.body);
  expect(receiver.received[2]?.headers['webhook-id']).toBe(
    receiver.received[0]?.headers['webhook-id'],
  );
  expect(await statesOf(id)).toEqual(['delivered', 'delivered', 'delivered']);
  expect((await post.messages(id))[0]?.all).toMatchObject([
    { status: 500, failure: 'answered 500', answer: 'x' },
    { status: 200, failure: undefined },
  ]);
});

test('the pauses are those of the specification; in the end it is given up, and the next goes out', async () => {
  const id = await post.endpoint('a', receiver.url);
  const ada = await post.account('ada');
  receiver.manner = 500;
  await post.grant(ada, 'one');
  await post.pass();
  const pauses = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR];
  for (const [index, pause] of [...pauses, ...Array<number>(11).fill(10 * HOUR)].entries()) {
    expect(receiver.received).toHaveLength(index + 1);
    await post.pass(pause - SECOND);
    expect(receiver.received).toHaveLength(index + 1);
    await post.pass(SECOND);
  }
  expect(receiver.received).toHaveLength(17);
  expect(await statesOf(id)).toEqual(['failed']);
  await post.grant(ada, 'two');
  receiver.manner = 200;
  await post.pass();
  expect(await statesOf(id)).toEqual(['failed', 'delivered']);
});

test.each([
  [301, 'answered 301: redirects are not followed'],
  [400, 'answered 400'],
])('%d is a failure', async (status, failure) => {
  const id = await post.endpoint('a', receiver.url);
  receiver.manner = (response) => response.writeHead(status, { Location: receiver.url }).end();
  await post.grant(await post.account('ada'), 'gold');
  await post.pass();
  expect(receiver.received).toHaveLength(1);
  expect(await post.messages(id)).toMatchObject([{ state: 'waiting', all: [{ failure }] }]);
});

test.each([
  [429, '120', 120 * SECOND],
  [503, undefined, 30 * SECOND],
  [502, 'soon', 30 * SECOND],
  [504, '99999999', DAY],
  [500, '60', 60 * SECOND],
])('%d with Retry-After %s: nothing at all for %d ms', async (status, retryAfter, pause) => {
  await post.endpoint('a', receiver.url);
  receiver.manner = (response) =>
    response.writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end();
  await post.grant(await post.account('ada'), 'one');
  await post.pass();
  receiver.manner = 200;
  await post.grant(await post.account('bob'), 'two');
  await post.pass(pause - SECOND);
  expect(receiver.received).toHaveLength(1);
  await post.pass(SECOND);
  expect(receiver.received.length).toBeGreaterThan(1);
});

test('a receiver that hangs is left after 15 seconds, and holds up no other', async () => {
  const dead = await new Receiver().start();
  dead.manner = () => undefined;
  post.hanging.add(dead.url);
  const id = await post.endpoint('dead', dead.url);
  await post.endpoint('well', receiver.url);
  const accounts = await Promise.all(
    Array.from({ length: 40 }, (_, one) => post.account(`a${one}`)),
  );
  for (const account of accounts) await post.grant(account, 'x');
  await post.pass();
  expect(receiver.received).toHaveLength(40);
  await dead.until(32);
  await post.pass(14 * SECOND);
  expect((await post.messages(id)).every(({ attempts }) => attempts === 0)).toBe(true);
  await post.pass(SECOND);
  await post.pass();
  expect((await post.messages(id))[0]?.all).toMatchObject([
    { status: undefined, failure: 'no answer within 15 seconds' },
  ]);
  // One that fails has few attempts at once, as soon as it has seen the others end.
  while (dead.open > 4) await new Promise(setImmediate);
  await dead.stop();
});

test('a receiver that closes, an answer without end, and one that nobody answers', async () => {
  const id = await post.endpoint('a', receiver.url);
  const ada = await post.account('ada');
  receiver.manner = (response) => response.destroy();
  await post.grant(ada, 'one');
  await post.pass();
  receiver.manner = (response) => void response.writeHead(200).end('y'.repeat(1_000_000));
  await post.pass(5 * SECOND);
  expect((await post.messages(id))[0]).toMatchObject({
    state: 'delivered',
    all: [
      { failure: 'the connection was closed without an answer' },
      { status: 200, answer: 'y'.repeat(1024) },
    ],
  });
  await post.grant(ada, 'two');
  await receiver.stop();
  await post.pass();
  expect((await post.messages(id))[1]?.all).toMatchObject([
    { failure: 'the connection was refused' },
  ]);
});

test('the window is bounded: the others are events yet, and all come in order', async () => {
  const id = await post.endpoint('a', receiver.url);
  const ada = await post.account('ada');
  await post.store.transact(post.merchant, async (unit) => {
    for (let n = 0; n < 1200; n += 1) await unit.recordChange(grantOf(ada, `e${n}`));
  });
  receiver.manner = 500;
  await post.pass();
  const { webhooks } = post.store.reader(post.merchant);
  expect(await webhooks.countWaiting(id)).toBe(1000);
  expect((await post.found(id)).cursor).toBe(1000);
  receiver.manner = 200;
  await post.pass(5 * SECOND);
  const sequences = receiver.events.map(({ sequence }) => sequence).slice(1);
  expect(sequences).toEqual(Array.from({ length: 1200 }, (_, index) => index + 1));
  expect(await webhooks.countWaiting(id)).toBe(0);
  expect(await post.messages(id)).toHaveLength(1000);
});

test('types narrow; the cursor moves on past the others', async () => {
  const id = await post.endpoint('a', receiver.url, { settings: { types: ['account.created'] } });
  await post.grant(await post.account('ada'), 'gold');
  await post.pass();
  expect(receiver.received).toEqual([]);
  expect((await post.found(id)).cursor).toBe(1);
});

test('while a secret is rotated both sign', async () => {
  const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
  const until = post.time.now() + HOUR;
  const signing = [{ value: other }, { value: SECRET, until }];
  await post.endpoint('a', receiver.url, { secrets: { signing } });
  const ada = await post.account('ada');
  await post.grant(ada, 'one');
  await post.pass();
  const [first] = receiver.received;
  if (!first) throw new Error('nothing came');
  expect(receiver.verify(SECRET, first)).toEqual(receiver.verify(other, first));
  await post.time.pass(HOUR);
  await post.grant(ada, 'two');
  await post.pass();
  expect(receiver.received[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
});

test('the text of an erased account is made anew of what is left', async () => {
  const id = await post.endpoint('a', receiver.url);
  const ada = await post.account('ada');
  receiver.manner = 500;
  await post.grant(ada, 'one');
  await post.pass();
  await post.store.transact(post.merchant, async ({ webhooks }) => webhooks.erase(1));
  receiver.manner = 200;
  await post.pass(5 * SECOND);
  expect(receiver.events.map(({ type }) => type)).toEqual(Array(2).fill('entitlement.granted'));
  expect(await statesOf(id)).toEqual(['delivered']);
});

test('no secret, URL or answer is in the log', async () => {
  await post.endpoint('a', `${receiver.url}?token=hidden`);
  receiver.manner = (response) => response.writeHead(500).end('said');
  await post.grant(await post.account('ada'), 'one');
  await post.pass();
  const text = JSON.stringify(post.log);
  expect(text).toContain('answered 500');
  for (const hidden of ['hidden', 'said', SECRET]) expect(text).not.toContain(hidden);
});
