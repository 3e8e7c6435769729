/** Long REST lists, and long pages, that come at once: one after another, in their order; none is read for a client that is gone. */
import { NOW } from '../harness/server';
import { Connection } from '../harness/connection';
import { KEY } from '../orders/rest';
import { grantOf } from '../store-suite/subject';
import { grant, type Shop, startShop } from '../orders/shop';

/** Offers whose list is a large answer, and lines of the ledger of which a page is one. */
const MANY = 1000;

/** Each with what is read of it when it is begun. */
const LISTS: ReadonlyArray<readonly [path: string, read: RegExp]> = [
  ['/offers', /FROM offer\b.*LIMIT \+?64\b/s],
  ['/audit?pageLength=1000', /FROM ledger\b.*LIMIT \+?1001\b/s],
  ['/orders/first/history?pageLength=1000', /FROM ledger\b.*LIMIT \+?1001\b/s],
  ['/events?limit=1000', /\bevent\.sequence > 0\b/],
];

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  await grant(shop, 'first');
  await shop.operate(async (unit) => {
    const { id = 0 } = (await unit.findAccountByMerchantAccountId('bob@example.com')) ?? {};
    const line = { source: 'Order', sourceId: 'first', note: 'x'.repeat(300), at: NOW } as const;
    for (let n = 0; n < MANY; n += 1) {
      const offerId = `offer-${n}`;
      await unit.orders.insertOffer({ offerId, name: 'x'.repeat(300), createdAt: NOW });
      await unit.recordChange(grantOf(id, `many-${n}`, line));
    }
  });
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

/** Asks for a list, so that it is known to be large. */
async function learn(path: string): Promise<void> {
  await shop.call('GET', path);
  shop.statements.length = 0;
}

/**
 * PostgreSQL is asked for callers on several connections: of those that come while a list is read, the first to be found
 * is the first to wait.
 */
function inOrder(names: readonly string[]): readonly string[] {
  const [first = '', ...others] = names;
  return process.env.TEST_DATABASE === 'postgres' ? [first, ...others.sort()] : names;
}

describe.each(LISTS)('%s', (path, read) => {
  const lists = () => shop.statements.filter((sql) => read.test(sql)).length;
  const begun = async () => {
    while (lists() === 0) await new Promise((resolve) => setImmediate(resolve));
  };

  test('one after another in their order, and short answers go past them', async () => {
    await learn(path);
    const done: string[] = [];
    const asked: Array<Promise<number>> = [];
    for (const name of ['first', 'second', 'third']) {
      const connection = await ask(path);
      const answer = connection.reply().then(({ text }) => {
        done.push(name);
        connection.close();
        return text.match(/x{300}/g)?.length ?? 0;
      });
      asked.push(answer);
      await begun();
    }
    const short = await ask('/orders/first');
    expect((await short.reply()).status).toBe(200);
    expect(done.length).toBeLessThan(3);
    short.close();
    const [count = 0, ...others] = await Promise.all(asked);
    expect(count).toBeGreaterThan(MANY - 20);
    expect(others).toEqual([count, count]);
    expect(inOrder(done)).toEqual(['first', 'second', 'third']);
  });

  test('a client that is gone before its list is begun: nothing is read for it, and the next has its turn', async () => {
    await learn(path);
    const first = await ask(path);
    await begun();
    // The first may be done while another asks, and not both before it is seen that one is gone.
    const second = await ask(path);
    const gone = await ask(path);
    gone.reset();
    const next = await ask(path);
    for (const connection of [first, second, next]) {
      expect((await connection.reply()).text).toMatch(/x{300}/);
      connection.close();
    }
    expect(lists()).toBe(3);
  });
});
