/** Messages on their way to real receivers: bytes and headers on the wire, fixed retries, what is given up and sent again. */
import { signatureOf } from '../../src/push/request';
import { formatsOf } from '../../src/webhooks/formats';
import { Post } from '../webhooks/post';
import { Receiver } from '../webhooks/receiver';
import { createTestFormats } from './push-shop';
import type { Parsed } from './samples';

const MINUTE = 60_000;

let post: Post;
let receiver: Receiver;
beforeEach(async () => {
  post = await Post.open(':memory:', formatsOf(createTestFormats()));
  receiver = await new Receiver().start();
  receiver.manner = 202;
});
afterEach(async () => {
  await post.close();
  await receiver.stop();
});

const subscribe = (name: string, format: string, settings: object = {}) =>
  post.endpoint(name, receiver.url, {
    kind: 'push',
    format,
    secrets: { signing: [{ value: 'key' }], password: 'pw' },
    settings: {
      ...{ class: 'entitlement', skip: [], coalesce: false, retries: 2, interval: 60 },
      ...settings,
    },
  });

const parsed = (index: number) => JSON.parse(receiver.received[index]?.body ?? '') as Parsed;

test('json: the header in its capitals, the signature of the bytes, Basic', async () => {
  await subscribe('a', 'json', { basicUser: 'ada' });
  await post.grant(await post.account('zoë'), 'gold');
  await post.pass();
  const [received] = receiver.received;
  expect(receiver.received).toHaveLength(1);
  const names = received?.rawHeaders.filter((_, index) => index % 2 === 0);
  expect(names).toEqual(expect.arrayContaining(['X-Webhook-Signature', 'Content-Type']));
  expect(received?.body).toMatch(/^[\x20-\x7e]*zo\\u00eb[\x20-\x7e]*$/);
  expect(received?.headers).toMatchObject({
    'x-webhook-signature': signatureOf('key', received?.body ?? ''),
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from('ada:pw').toString('base64')}`,
  });
});

test('two subscriptions get the same message, with the same id, and so do a retry and a replay', async () => {
  await subscribe('a', 'json');
  const second = await subscribe('b', 'form');
  receiver.manner = 500;
  await post.grant(await post.account('ada'), 'gold');
  await post.pass();
  receiver.manner = 202;
  await post.pass(MINUTE);
  await post.store.transact(post.merchant, async ({ webhooks }) => webhooks.rewind(second, 0));
  await post.pass();
  const texts = receiver.received.map(({ body }) => new URLSearchParams(body).get('json') ?? body);
  expect(texts).toHaveLength(5);
  // Retries are the same to the byte; a replay is submitted anew.
  expect(new Set(texts).size).toBe(2);
  const ids = texts.map((text) => (JSON.parse(text) as Parsed).header['message_id']);
  expect(new Set(ids).size).toBe(1);
});

test.each([301, 403, 410, 429, 503])(
  'answered %i: tried again at the interval, given up after the retries, and never disabled',
  async (status) => {
    const id = await subscribe('a', 'json');
    receiver.manner = (response) => {
      response.writeHead(status, { 'Retry-After': '86400', Location: receiver.url }).end('no');
    };
    await post.grant(await post.account('ada'), 'gold');
    await post.pass();
    await post.pass(MINUTE - 1000);
    expect(receiver.received).toHaveLength(1);
    await post.pass(1000);
    expect(receiver.received).toHaveLength(2);
    await post.pass(10 * MINUTE);
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await post.messages(id)).toMatchObject([{ state: 'failed', attempts: 3 }]);
    expect(post.log).toContainEqual(
      expect.objectContaining({ event: 'entitlement/start', status, state: 'failed' }),
    );
    // The subscription goes on with the next.
    receiver.manner = 202;
    await post.grant(await post.account('alan'), 'gold');
    await post.pass();
    expect(parsed(3).content['merchantAccountId']).toBe('alan');
    expect((await post.found(id)).disabledAt).toBeUndefined();
    expect(JSON.stringify(post.log)).not.toMatch(/"key"|pw/);
  },
);

test('a message that waits holds up its account, and no other', async () => {
  await subscribe('a', 'json');
  const [ada, alan] = [await post.account('ada'), await post.account('alan')];
  receiver.manner = (response, { body }) => {
    response.writeHead(body.includes('"ada"') ? 500 : 202).end();
  };
  await post.grant(ada, 'a');
  await post.grant(ada, 'b');
  await post.grant(alan, 'c');
  await post.pass();
  const ids = () =>
    receiver.received.map(
      (_, index) => (parsed(index).content['merchantEntitlementId'] as string[])[0],
    );
  expect(ids().sort()).toEqual(['a', 'c']);
  await post.pass(MINUTE);
  await post.pass(MINUTE + 1000);
  // Its retries are over, and the next has its turn.
  expect(ids().slice(2)).toEqual(['a', 'a', 'b']);
});

test('events that are not wanted, and other classes, are not sent', async () => {
  await subscribe('a', 'json', { skip: ['start'] });
  await subscribe('b', 'json', { class: 'autobills' });
  await post.grant(await post.account('ada'), 'gold');
  await post.pass();
  expect(receiver.received).toEqual([]);
});
