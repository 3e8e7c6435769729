/** The catalogue in the console: looked at by everybody, made and changed by admins, by the rules of SOAP's calls. */
import { callService } from '../harness/soap-call';
import { grant } from '../orders/shop';
import { type Browser, type Console, startConsole } from './console';

let server: Console;
let ada: Browser;

beforeEach(async () => {
  server = await startConsole();
  ada = await server.signIn('ada', 'acme_soap');
});

/** The answer's body, where the call was carried out. */
async function done(method: string, path: string, body: unknown) {
  const { status, body: answer } = await ada.call(method, path, { body });
  expect([method, path, status, status === 200 ? '' : answer]).toEqual([method, path, 200, '']);
  return answer as { VID: string } & Record<string, unknown>;
}

const NEWS = {
  id: 'news',
  descriptions: [
    { language: 'EN', description: 'The <b>newspaper</b>' },
    { language: 'DE', description: 'Die Zeitung' },
  ],
  entitlements: ['news'],
};

test('products are made, listed page by page, and changed; what is not given stays', async () => {
  const made = await done('POST', '/products', NEWS);
  const { VID } = made;
  const shown = { ...NEWS, VID, status: 'Active', entitlements: [{ id: 'news' }] };
  expect(made).toEqual(shown);
  await done('POST', '/products', { id: 'books' });
  const first = await ada.get('/products?pageLength=1');
  expect(first).toEqual({ products: [shown], next_page: expect.any(String) as unknown });
  const second = await ada.get(`/products?pageLength=1&lastLoadedId=${String(first.next_page)}`);
  expect(second).toMatchObject({ products: [{ id: 'books' }], next_page: null });
  const changed = await done('PATCH', `/products/${VID}`, { status: 'Suspended', id: 'paper' });
  expect(changed).toEqual({ ...shown, id: 'paper', status: 'Suspended' });
  const vic = await server.signIn('vic');
  expect(await vic.get(`/products/${VID}`)).toEqual(changed);
});

test('billing plans as well; a period keeps what else it has', async () => {
  const periods = [{ type: 'Month', quantity: 1, cycles: 12 }, { type: 'Year' }];
  const made = await done('POST', '/billing-plans', { id: 'monthly', periods });
  expect(made).toMatchObject({
    id: 'monthly',
    periods: [periods[0], { type: 'Year', quantity: 1, cycles: 0 }],
  });
  const { VID } = made;
  const merchant = await server.store.findMerchant('acme_soap');
  const id = merchant?.id ?? 0;
  const prices = [{ amount: '5', currency: 'EUR' }];
  await server.store.transact(id, async ({ catalogue: { billingPlans } }) => {
    const plan = await billingPlans.findByVid(VID);
    const values = { ...plan?.values, periods: [{ type: 'Month' as const, prices }] };
    await billingPlans.update(plan?.id ?? 0, values);
  });
  const changed = await done('PATCH', `/billing-plans/${VID}`, { periods: [{ type: 'Week' }] });
  expect(changed.periods).toEqual([{ type: 'Week', quantity: 1, cycles: 0 }]);
  const kept = await server.store.reader(id).catalogue.billingPlans.findByVid(VID);
  expect(kept?.values.periods).toEqual([{ type: 'Week', prices }]);
});

test.each([
  ['POST', '/products', { id: 'news' }, 409, 'There is a product news already.'],
  ['POST', '/products', { id: 'a', entitlements: [] }, 400, /must hold one at least/],
  ['POST', '/products', { entitlements: ['a'] }, 400, /id/],
  ['PATCH', '/products/none', { id: 'a' }, 404, 'Unable to load product by VID "none" -  No match'],
  ['PATCH', '/products/none', {}, 400, /must have a field/],
  ['GET', '/products/none', undefined, 404, 'Unable to load product by VID "none" -  No match'],
  ['GET', '/products?lastLoadedId=x', undefined, 400, /lastLoadedId/],
  ['POST', '/billing-plans', { id: 'p', periods: [{ type: 'Moon' }] }, 400, /type/],
  [
    'POST',
    '/billing-plans',
    { id: 'p', periods: [{ type: 'Day', quantity: 0 }] },
    400,
    /^billingPlan\.periods\[1\]\.quantity /,
  ],
  ['GET', '/billing-plans/none', undefined, 404, 'No BillingPlans found for Vid = none'],
  ['GET', '/touched', undefined, 400, 'Name one of product, billingPlan and offer.'],
  ['GET', '/touched?offer=a&product=b', undefined, 400, /^Name one of/],
  ['GET', '/touched?offer=none', undefined, 404, 'There is no offer none.'],
] as const)('%s %s %j → %s', async (method, path, body, expected, message) => {
  await done('POST', '/products', NEWS);
  const { status, body: answer } = await ada.call(method, path, { body });
  expect([status, answer.message]).toEqual([
    expected,
    typeof message === 'string' ? message : expect.stringMatching(message),
  ]);
  expect((await ada.get('/products')).products).toHaveLength(1);
  expect((await ada.get('/billing-plans')).billingPlans).toEqual([]);
});

test('ids that stay keep what clients said of them', async () => {
  const entitled =
    '<merchantEntitlementIds><id>news</id><description>Read</description></merchantEntitlementIds>';
  const named = '<merchantProductId>news</merchantProductId>';
  const parts = `<product>${named}${entitled}</product>`;
  expect((await callService('Product', server.url, 'update', parts)).returnCode).toBe('200');
  const { products } = await ada.get('/products');
  const [{ VID = '' } = {}] = products as Array<{ VID?: string }>;
  const changed = await done('PATCH', `/products/${VID}`, { entitlements: ['archive', 'news'] });
  expect(changed.entitlements).toEqual([{ id: 'archive' }, { id: 'news', description: 'Read' }]);
});

test('the name of another product is refused as Product.update does', async () => {
  await done('POST', '/products', NEWS);
  const { VID } = await done('POST', '/products', { id: 'books' });
  const { status, body } = await ada.call('PATCH', `/products/${VID}`, { body: { id: 'news' } });
  expect([status, body.message]).toEqual([400, 'Product not found.']);
});

test('a change says how many accounts it touches, and their access follows it, in the name of who made it', async () => {
  const product = await done('POST', '/products', NEWS);
  const plan = await done('POST', '/billing-plans', {
    id: 'monthly',
    periods: [{ type: 'Month' }],
  });
  const touched = (named: string) => ada.get(`/touched?${named}`);
  expect(await touched(`product=${product.VID}`)).toEqual({ accounts: 0, isCut: false });
  const parts =
    '<autobill><account><merchantAccountId>ada-1815</merchantAccountId></account>' +
    '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId></billingPlan>' +
    '<items><product><merchantProductId>news</merchantProductId></product></items></autobill>';
  const { returnCode } = await callService('AutoBill', server.url, 'update', parts);
  expect(returnCode).toBe('200');
  await grant(server);
  for (const named of [`product=${product.VID}`, `billingPlan=${plan.VID}`, 'offer=course']) {
    expect([named, await touched(named)]).toEqual([named, { accounts: 1, isCut: false }]);
  }
  await server.newLines();
  await done('PATCH', `/products/${product.VID}`, { entitlements: ['news', 'archive'] });
  expect(await server.newLines()).toEqual([
    expect.stringMatching(
      /^ada-1815: grant archive by AutoBill \w+(\/\w+)?, ada \(product_changed\): /,
    ),
  ]);
});

test('support looks and changes nothing; each merchant has its own', async () => {
  const { VID } = await done('POST', '/products', NEWS);
  const sam = await server.signIn('sam');
  expect((await sam.get('/products')).products).toHaveLength(1);
  for (const [method, path] of [
    ['POST', '/products'],
    ['PATCH', `/products/${VID}`],
    ['POST', '/billing-plans'],
    ['PATCH', `/billing-plans/${VID}`],
  ] as const) {
    expect((await sam.call(method, path, { body: { id: 'x' } })).status).toBe(403);
  }
  const rob = await server.signIn('rob');
  expect((await rob.get('/products')).products).toEqual([]);
  expect((await rob.call('PATCH', `/products/${VID}`, { body: { id: 'x' } })).status).toBe(404);
  expect((await rob.call('GET', `/touched?product=${VID}`)).status).toBe(404);
});
