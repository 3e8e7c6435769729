/** What an operator changes in a day: the catalogue, keys, people; then versions and health; on a desktop and on a narrow screen. */
import type { Page } from 'playwright-core';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { accessTo, ask, dialogWith, heading, navigation, rows, settled, signIn } from './pages';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);

afterAll(() => stage.end());

/** Nothing on the screen is wrong or too wide. */
async function expectSound(page: Page): Promise<void> {
  await settled(page);
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

const rowOf = (page: Page, title: string, text: string) =>
  rows(page, title).filter({ hasText: text });

describe.each(STORY_LOOKS)('%s', (look) => {
  test('a product is changed after a look at the accounts that it touches; a plan is made', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/catalogue/products');
    await signIn(page);
    const entitlement = `crossword-${look}`;
    await rowOf(page, 'Products', 'newspaper').getByRole('button', { name: 'Change' }).click();
    const product = dialogWith(page, 'Product newspaper');
    await product.getByText(/^\d\d accounts have it: their access follows/).waitFor();
    await expectSound(page);
    const ids = product.getByLabel('Entitlements');
    await ids.fill(`${await ids.inputValue()}\n${entitlement}`);
    await product.getByRole('button', { name: 'Change the product' }).click();
    await product.waitFor({ state: 'detached' });
    await rowOf(page, 'Products', entitlement).waitFor();
    await expectSound(page);

    await page.getByRole('link', { name: 'Billing plans' }).click();
    await rowOf(page, 'Billing plans', 'every month').first().waitFor();
    await page.getByRole('button', { name: 'Add a billing plan' }).click();
    const plan = dialogWith(page, 'Add a billing plan');
    await plan.getByLabel('Id').fill('monthly');
    await plan.getByLabel('Every').fill('2');
    await plan.getByLabel('Unit').selectOption('Week');
    await plan.getByRole('button', { name: 'Add' }).click();
    // A name that is taken is refused, and what was typed stays.
    await plan.getByText('There is a billing plan monthly already.').waitFor();
    await expectSound(page);
    await plan.getByLabel('Id').fill(`fortnight-${look}`);
    await plan.getByRole('button', { name: 'Add' }).click();
    await rowOf(page, 'Billing plans', `fortnight-${look}`).getByText('every 2 weeks').waitFor();

    await page.goto('/console/m/demo/accounts/ada.archer');
    await accessTo(page, entitlement).getByText('Access', { exact: true }).waitFor();
    await rowOf(page, 'Ledger', entitlement).first().getByText('demo').first().waitFor();
    expect(complaints).toEqual([]);
  }, 240_000);

  test('a key is made, shown once, and revoked', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/settings/keys');
    await signIn(page);
    const name = `shop-${look}`;
    await page.getByRole('button', { name: 'Add a key' }).click();
    await dialogWith(page, 'Add a key').getByLabel('Name').fill(name);
    await dialogWith(page, 'Add a key').getByRole('button', { name: 'Add' }).click();
    const key = await page.locator('pre').innerText();
    const headers = { 'X-API-KEY': key };
    const api = `${stage.url}/v1/api-auth`;
    expect((await fetch(api, { headers })).status).toBe(200);
    await expectSound(page);
    await page.getByRole('button', { name: 'I have it' }).click();
    await ask(page, rowOf(page, 'API keys', name), 'Revoke');
    await rowOf(page, 'API keys', name).getByText('revoked').waitFor();
    expect((await fetch(api, { headers })).status).toBe(401);
    expect(complaints).toEqual([]);
  }, 240_000);

  test('a viewer is added, sees no button that changes anything, and is removed', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/settings/people');
    await signIn(page);
    const name = `eve-${look}`;
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = dialogWith(page, 'Add a person');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Role').selectOption('viewer');
    await dialog.getByRole('button', { name: 'Add' }).click();
    const password = await page.locator('pre').innerText();
    await expectSound(page);

    const { page: hers } = await stage.open(look);
    await hers.goto('/console/m/demo/catalogue/products');
    await signIn(hers, name, password);
    await rowOf(hers, 'Products', 'newspaper').waitFor();
    expect(await hers.getByRole('button', { name: /^(Add|Change)/ }).count()).toBe(0);
    await hers.goto('/console/m/demo/accounts/ada.archer');
    await accessTo(hers, 'news').waitFor();
    await settled(hers);
    expect(await hers.getByRole('button', { name: /^(Grant|Revoke|Extend|Stop)/ }).count()).toBe(0);

    await ask(page, rowOf(page, 'People', name), 'Remove');
    await rowOf(page, 'People', name).waitFor({ state: 'detached' });
    await hers.goto('/console/m/demo/catalogue');
    await heading(hers, 'Latchkey').waitFor();
    expect(complaints).toEqual([]);
  }, 240_000);

  test('versions, health, and the way out', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/settings/versions');
    await signIn(page);
    await navigation(page).waitFor();
    await page.getByText('22.0').first().waitFor();
    await expectSound(page);
    await page.goto('/console/m/demo/settings/health');
    await heading(page, 'Settings').waitFor();
    await expectSound(page);
    await page.goto('/');
    await page.getByRole('link', { name: 'Console', exact: true }).click();
    await navigation(page).waitFor();
    expect(complaints).toEqual([]);
  }, 240_000);
});
