/** Long REST lists that come at once: one after another, in their order; none is read for a client that is gone. */
import { NOW } from '../harness/server';
import { Connection } from '../harness/connection';
import { KEY } from '../orders/rest';
import { grant, type Shop, startShop } from '../orders/shop';

/** Offers whose list is a large answer. */
const MANY = 1000;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  await grant(shop, 'first');
  await shop.operate(async ({ orders }) => {
    for (let n = 0; n < MANY; n += 1) {
      const offerId = `offer-${n}`;
      await orders.insertOffer({ offerId, name: 'x'.repeat(300), createdAt: NOW });
    }
  });
  // Now it is known to be large.
  await shop.call('GET', '/offers');
  shop.statements.length = 0;
});

afterEach(() => shop.stop());

/** Sends a request, and waits until the server has looked for its caller. */
async function ask(path: string): Promise<Connection> {
  const connection = await Connection.open(shop.url);
  const callers = () => shop.statements.filter((sql) => sql.includes('FROM api_key')).length;
  const before = callers();
  connection.send([`GET /v1${path} HTTP/1.1`, 'Host: latchkey', `X-API-KEY: ${KEY}`]);
  while (callers() === before) await new Promise((resolve) => setImmediate(resolve));
  return connection;
}

const lists = () =>
  shop.statements.filter((sql) => /FROM offer\b.*LIMIT \+?64\b/s.test(sql)).length;

test('one after another in their order, and short answers go past them', async () => {
  const done: string[] = [];
  const asked: Array<Promise<number>> = [];
  for (const name of ['first', 'second', 'third']) {
    const connection = await ask('/offers');
    const answer = connection.reply().then(({ text }) => {
      done.push(name);
      connection.close();
      return (JSON.parse(text) as unknown[]).length;
    });
    asked.push(answer);
  }
  const short = await ask('/orders/first');
  expect((await short.reply()).status).toBe(200);
  expect(done).not.toContain('third');
  short.close();
  expect(await Promise.all(asked)).toEqual([MANY + 2, MANY + 2, MANY + 2]);
  expect(done).toEqual(['first', 'second', 'third']);
});

test('a client that is gone before its list is begun: nothing is read for it, and the next has its turn', async () => {
  const first = await ask('/offers');
  const gone = await ask('/offers');
  gone.close();
  const next = await ask('/offers');
  for (const connection of [first, next]) {
    expect(((await connection.reply()).text.match(/"id"/g) ?? []).length).toBe(MANY + 2);
    connection.close();
  }
  expect(lists()).toBe(2);
});
