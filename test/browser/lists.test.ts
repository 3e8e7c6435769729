/** Every list on every screen can be had as CSV and JSON: files with as many rows as the list has. */
import { callAccount } from '../harness/soap-call';
import { type Stage, startStage } from './browser';
import { save, saveAll } from './files';
import { accessTo, signIn } from './pages';

const DEMO = { login: 'demo', password: 'demo' };

let stage: Stage;
afterEach(() => stage.end());

test('an account, an order, a search, a call, a preview', async () => {
  stage = await startStage();
  const { page, complaints } = await stage.open('desktop');
  const open = (path: string) => page.goto(`/console/m/demo${path}`);
  await fetch(`${stage.url}/v1/users/grant-user-offer-by-mail`, {
    method: 'POST',
    headers: { 'X-API-KEY': 'lk_demo', 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'list@example.com', orderId: 'L-1', grantOffer: 'course-a' }),
  });
  const part =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<entitlement><merchantEntitlementId>=listed</merchantEntitlementId></entitlement>';
  await callAccount(stage.url, 'grantEntitlement', part, DEMO);
  await open('/search?text=xyz123');
  await signIn(page);
  await page.getByRole('table', { name: 'Found' }).waitFor();
  expect(await saveAll(page)).toEqual({ Found: 1 });

  await open('/accounts/xyz123');
  await accessTo(page, 'bac').waitFor();
  const shown = await page.locator('.access > li').count();
  const account = await saveAll(page);
  expect(account).toMatchObject({ 'Access now': shown, Ledger: expect.any(Number) as unknown });
  const access = page.getByRole('group', { name: 'Download Access now' });
  const [head, ...lines] = (await save(page, access, 'CSV')).split('\r\n');
  expect(head).toBe('Entitlement,Access,Until,Sources,More sources');
  // No spreadsheet takes it for a formula.
  expect(lines.find((line) => line.includes('listed'))).toMatch(
    /^'=listed,active,,"?By a grant since .*, without end\."?,0$/,
  );

  await open('/orders/L-1');
  await page.getByRole('table', { name: 'Ledger' }).waitFor();
  expect(await saveAll(page)).toEqual({
    'Offers of the order': 1,
    'Access by the order': 2,
    Ledger: 2,
  });
  await page.getByRole('button', { name: 'Revoke order' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Show what will be different' }).click();
  await dialog.getByRole('table', { name: 'Changes' }).waitFor();
  expect(await saveAll(page, dialog)).toEqual({ Changes: 2 });

  await open('/calls?operation=grantEntitlement');
  await page.getByRole('link', { name: 'Account.grantEntitlement' }).first().click();
  await page.getByRole('table', { name: 'What it changed' }).waitFor();
  expect(await saveAll(page)).toEqual({ 'What it changed': 1 });
  expect(complaints).toEqual([]);
}, 120_000);

test('access now: what gives access first, whatever it is called, and all of it in the files', async () => {
  stage = await startStage();
  const { page, complaints } = await stage.open('desktop');
  const ids = Array.from({ length: 230 }, (_none, index) => `a-${String(index).padStart(3, '0')}`);
  const line = { merchantAccountId: 'abc456', action: 'grant' };
  const changes = [
    ...[...ids, 'z-last'].map((id) => ({ ...line, merchantEntitlementId: id })),
    ...ids.map((id) => ({ ...line, merchantEntitlementId: id, action: 'revoke' })),
  ];
  const reply = await fetch(`${stage.url}/v1/entitlements:batch`, {
    method: 'POST',
    headers: { 'X-API-KEY': 'lk_demo', 'Content-Type': 'application/x-ndjson' },
    body: changes.map((change) => JSON.stringify(change)).join('\n'),
  });
  expect((await reply.text()).match(/"status":200/g)).toHaveLength(changes.length);
  await page.goto('/console/m/demo/accounts/abc456');
  await signIn(page);
  const cards = page.locator('.access > li');
  await accessTo(page, 'z-last').waitFor();
  expect(await cards.count()).toBe(24);
  expect(await cards.locator('h3').nth(0).innerText()).toBe('archive');
  expect(await cards.locator('h3').nth(1).innerText()).toBe('z-last');
  const panel = page.getByRole('region', { name: 'Access now' });
  await panel.getByRole('button', { name: 'Show more' }).click();
  await cards.nth(24).waitFor();
  expect(await cards.count()).toBe(48);

  // What is shown stays where the next page cannot be had.
  const places = '**/accounts/*/access?*lastLoadedId=*';
  await page.route(places, (route) => route.fulfill({ status: 503, body: '' }));
  await panel.getByRole('button', { name: 'Show more' }).click();
  await panel.getByRole('alert').waitFor();
  expect(await cards.count()).toBe(48);
  await page.unroute(places);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await cards.nth(48).waitFor();
  expect(await cards.count()).toBe(72);
  expect(await panel.getByRole('alert').count()).toBe(0);
  const csv = await save(page, panel, 'CSV');
  const saved = csv.split('\r\n').flatMap((row) => /^(?:a-|z-)[^,]*/.exec(row)?.[0] ?? []);
  expect(saved.sort()).toEqual([...ids, 'z-last']);

  const picture = page.getByRole('region', { name: 'Timeline' });
  const drawn = picture.locator('.picture').getByRole('group');
  await drawn.nth(49).waitFor();
  expect(await drawn.count()).toBe(50);
  await page.route('**/timeline?*lastLoadedId=*', (route) =>
    route.fulfill({ status: 503, body: '' }),
  );
  await picture.getByRole('button', { name: 'Show more' }).click();
  await picture.getByRole('alert').waitFor();
  expect(await drawn.count()).toBe(50);
  await page.unroute('**/timeline?*lastLoadedId=*');
  await picture.getByRole('button', { name: 'Show more' }).click();
  await drawn.nth(99).waitFor();
  expect(await drawn.count()).toBe(100);
  expect(complaints.filter((line) => !line.includes('503'))).toEqual([]);
}, 120_000);

test("a simulation's journal, one of its requests, and near misses", async () => {
  stage = await startStage('--simulate');
  const { page, complaints } = await stage.open('narrow');
  const part =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<merchantEntitlementId>bac</merchantEntitlementId><nonsense>1</nonsense>';
  await callAccount(stage.url, 'revokeEntitlement', part, DEMO);
  await page.goto('/console/m/demo/simulation/journal');
  await signIn(page);
  await page.getByRole('table', { name: 'Requests' }).waitFor();
  await page.getByLabel('Operation').fill('revokeEntitlement');
  await page.getByLabel('Fields').fill('account.merchantAccountId=other');
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await page.getByRole('table', { name: 'Near misses' }).waitFor();
  expect(await saveAll(page)).toEqual({ Requests: 1, 'Near misses': 1 });
  await page.getByRole('table', { name: 'Requests' }).getByRole('link').click();
  await page.getByRole('table', { name: 'What it changed' }).waitFor();
  const request = await saveAll(page);
  expect(request).toMatchObject({
    'What it changed': 1,
    Objections: expect.any(Number) as unknown,
  });
  expect(complaints).toEqual([]);
}, 120_000);
