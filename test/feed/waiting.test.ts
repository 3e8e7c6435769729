/** Calls that wait for events: how many of whom, and none for longer than its client is there. */
import { grant, type Shop, startShop } from '../orders/shop';
import { grantOf } from '../store-suite/subject';
import { NOW } from '../harness/server';
import { addKey, KEY } from '../orders/rest';
import { Connection } from '../harness/connection';

const OF_KEY = 20;
const OF_MERCHANT = 100;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

/** Begins to wait. @param accept the media type; of a stream the head of the answer comes at once */
async function wait(key: string, accept = 'text/event-stream'): Promise<Connection> {
  const connection = await Connection.open(shop.url);
  const headers = ['Host: latchkey', `X-API-KEY: ${key}`, `Accept: ${accept}`];
  connection.send([
    `GET /v1/events?after=${await lastEvent()}&wait=60&limit=1000 HTTP/1.1`,
    ...headers,
  ]);
  return connection;
}

async function lastEvent(): Promise<number> {
  const merchant = await shop.store.findMerchant('acme_soap');
  return shop.store.reader(merchant?.id ?? 0).events.last();
}

/** The status of a stream, or of what refuses it. */
const stream = async (key: string) => {
  const connection = await wait(key);
  return { connection, status: await connection.status() };
};

/** Tries until a stream may begin: the server takes notice of clients that go away in turns of its own. */
async function expectRoom(key: string): Promise<void> {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const { connection, status } = await stream(key);
    connection.close();
    if (status === 200) return;
  }
  throw new Error('those that went away still count');
}

test.each(['text/event-stream', 'application/json'])(
  'a client that went away waits no more: %s',
  async (accept) => {
    const opened = [];
    for (let n = 0; n < OF_KEY; n += 1) opened.push(await wait(KEY, accept));
    while ((await stream(KEY)).status !== 429) continue;
    for (const connection of opened) connection.close();
    await expectRoom(KEY);
  },
);

test('a client that ended its half of the connection gets what there is', async () => {
  const connection = await wait(KEY, 'application/json');
  connection.endHalf();
  const { text } = await connection.reply();
  expect(JSON.parse(text)).toEqual({ events: [], last: await lastEvent(), more: false });
});

test('many keys of a merchant take no room from another merchant', async () => {
  const rivals = 'rival-key-that-may-read';
  await addKey(shop, 'plain_soap', 'rival', rivals, 'read');
  const statuses = new Map<number, number>();
  for (let n = 0; n < 2 * OF_MERCHANT; n += OF_KEY) {
    const key = `key-${n}-that-may-read`;
    await addKey(shop, 'acme_soap', `key-${n}`, key, 'read');
    for (let of = 0; of < OF_KEY; of += 1) {
      const { status } = await stream(key);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(statuses)).toEqual({ 200: OF_MERCHANT, 429: OF_MERCHANT });
  const connection = await Connection.open(shop.url);
  const headers = ['Host: latchkey', `X-API-KEY: ${rivals}`, 'Accept: text/event-stream'];
  connection.send(['GET /v1/events HTTP/1.1', ...headers]);
  expect(await connection.status()).toBe(200);
});

test('a stream reads few events at once, and a page that waited has few', async () => {
  await grant(shop, 'A1');
  shop.statements.length = 0;
  const waiting = await wait(KEY, 'application/json');
  const looks = () => shop.statements.filter((sql) => /FROM event\b.* DESC LIMIT 1/s.test(sql));
  // Once to know the end, once for the page that has nothing; then it waits.
  while (looks().length < 5) await new Promise((resolve) => setImmediate(resolve));
  await shop.operate(async (unit) => {
    const { id = 0 } = (await unit.findAccountByMerchantAccountId('bob@example.com')) ?? {};
    for (let n = 0; n < 1000; n += 1)
      await unit.recordChange(grantOf(id, `many-${n}`, { at: NOW, note: 'x'.repeat(300) }));
  });
  const page = JSON.parse((await waiting.reply()).text) as { events: unknown[]; more: boolean };
  expect([page.events.length, page.more]).toEqual([100, true]);
  shop.statements.length = 0;
  const connection = await Connection.open(shop.url);
  const headers = ['Host: latchkey', `X-API-KEY: ${KEY}`, 'Accept: text/event-stream'];
  connection.send(['GET /v1/events?limit=1000 HTTP/1.1', ...headers]);
  expect(await connection.status()).toBe(200);
  const limits = () =>
    shop.statements.flatMap((sql) => {
      const [, limit] = /FROM event\b.*sequence > .*LIMIT \+?(\d+)/s.exec(sql) ?? [];
      return limit === undefined ? [] : [Number(limit)];
    });
  while (limits().length < 10) await new Promise((resolve) => setImmediate(resolve));
  expect(Math.max(...limits())).toBe(25);
});
