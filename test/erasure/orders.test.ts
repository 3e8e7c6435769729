/** What the background writes while an erasure is under way: events of orders, and messages to endpoints. */
import { formatsOf } from '../../src/webhooks/formats';
import { keep, readOn } from '../../src/webhooks/filling';
import { STANDARD } from '../../src/webhooks/standard';
import { callAccount } from '../harness/soap-call';
import { endpointOf } from '../store-suite/webhooks';
import { ErasureShop } from './erasure-shop';
import { ID, makePerson } from './person';

let shop: ErasureShop;

beforeEach(async () => {
  shop = new ErasureShop();
  await shop.start();
  await makePerson(shop.server);
});
afterEach(() => shop.stop());

/** More than one unit of work removes. */
const MANY = 110;

async function grantMany(): Promise<void> {
  for (let n = 0; n < MANY; n += 1) {
    const body = { email: ID, firstname: 'Zanzibar', name: 'Quux', grantOffer: 'course' };
    const options = { body: { ...body, orderId: `zanzibar-${n}` } };
    const { status } = await shop.server.call('POST', '/users/grant-user-offer-by-mail', options);
    expect(status).toBe(200);
  }
}

const events = () => shop.server.store.reader(1).events;

test('revoke: orders that are removed later leave no id that was a person’s', async () => {
  await grantMany();
  const before = await events().last();
  await shop.erase(ID, '?revoke=true');
  const atOnce = await events().last();
  await shop.finish();
  const all = await events().list(before, 1000);
  const removed = all.filter(({ event }) => event?.type === 'order.removed');
  expect(removed.length).toBeGreaterThan(MANY);
  expect(removed.at(-1)?.sequence).toBeGreaterThan(atOnce);
  expect(shop.marked()).toEqual([]);
  expect(shop.findings()).toEqual([]);
});

test('a transfer waits until all orders have other ids: none keeps one that was a person’s', async () => {
  await grantMany();
  const { url } = shop.server;
  await callAccount(
    url,
    'update',
    '<account><merchantAccountId>heir</merchantAccountId></account>',
  );
  const { VID } = await shop.erase(ID);
  const transfer = () =>
    callAccount(
      url,
      'transfer',
      '<targetAccount><merchantAccountId>heir</merchantAccountId></targetAccount>' +
        `<sourceAccount><VID>${VID}</VID></sourceAccount>`,
    );
  expect(await transfer()).toMatchObject({
    returnCode: '400',
    returnString:
      'Account transfer failed: personal data of the source are being erased; try again in a while.',
  });
  await shop.finish();
  expect(await transfer()).toMatchObject({ returnCode: '200' });
  expect(shop.marked()).toEqual([]);
  expect(shop.findings()).toEqual([]);
});

describe('messages to an endpoint', () => {
  const formatOf = formatsOf([STANDARD]);
  let row: number;

  beforeEach(async () => {
    row = await shop.server.store.transact(1, async ({ webhooks }) =>
      webhooks.insert(endpointOf('a', { settings: {} })),
    );
  });

  /** Makes messages of all that happened, as the background does. */
  async function read() {
    const { store } = shop.server;
    const ready = await store.webhooks.listReady({
      ...{ now: store.now(), window: 1000, after: 0, limit: 10 },
    });
    const endpoint = ready.find(({ id }) => id === row);
    const made = endpoint && (await readOn(store, formatOf, endpoint, 1000));
    if (!made) throw new Error('nothing was read');
    return made;
  }

  const waiting = () => shop.server.store.reader(1).webhooks.countWaiting(row);

  test('are emptied, those too that were made while orders had their former ids', async () => {
    await grantMany();
    await keep(shop.server.store, formatOf, await read());
    await shop.erase(ID, '?revoke=true');
    await keep(shop.server.store, formatOf, await read());
    expect(await waiting()).toBeGreaterThan(3 * MANY);
    await shop.finish();
    expect(shop.marked()).toEqual([]);
  });

  test('that were read before it, and are kept after it, are made anew', async () => {
    const made = await read();
    expect(JSON.stringify(made.messages).toLowerCase()).toContain('zanzibar');
    await shop.erase(ID);
    await shop.finish();
    await keep(shop.server.store, formatOf, made);
    expect(await waiting()).toBe(made.messages.length);
    expect(shop.marked()).toEqual([]);
  });
});

test('an account that was merged into it is erased with it', async () => {
  const { store } = shop.server;
  await store.transact(1, async (unit) => {
    const ada = await unit.findAccountByMerchantAccountId('ada-1815');
    const known = await unit.findAccountByMerchantAccountId(ID);
    const values = { emailAddress: ID, name: 'Quux Zanzibar' };
    await unit.updateAccount(known?.id ?? 0, { ...known, ...values }, unit.now());
    await unit.mergeAccount(known?.id ?? 0, ada?.id ?? 0);
  });
  expect(new Set(shop.marked().map(([place]) => place)).size).toBeGreaterThan(25);
  await shop.erase('ada-1815');
  await shop.finish();
  expect(shop.marked()).toEqual([]);
});
