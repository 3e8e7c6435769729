/** What is shown of an account stands in the address: a colleague who gets it sees the same. */
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { heading, rows, settled, signIn } from './pages';

/** More entitlements than the server looks at for one page. */
const MANY = 20_100;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);

afterAll(() => stage.end());

test.each(STORY_LOOKS)(
  'zoom, the box of what is active, and days, %s',
  async (look) => {
    const mine = await stage.open(look);
    await mine.page.goto('/console/m/demo/accounts/jon.archer');
    await signIn(mine.page);
    await heading(mine.page, 'jon.archer').waitFor();
    const zoom = mine.page.getByRole('group', { name: 'Zoom' });
    await zoom.getByRole('button', { name: 'Quarter' }).click();
    await zoom.getByRole('button', { name: 'Earlier' }).click();
    await mine.page.getByLabel('Only what is active now').check();
    await mine.page.getByLabel('From', { exact: true }).fill('2020-01-01');
    await mine.page.getByLabel('To', { exact: true }).fill('2020-02-01');
    await mine.page.getByText('Nothing happened on these days.').waitFor();
    for (const part of ['zoom=20', 'active=only', 'from=2020-01-01', 'to=2020-02-01']) {
      await mine.page.waitForURL((url) => url.search.includes(part));
    }
    await settled(mine.page);

    const other = await stage.open(look);
    await other.page.goto(mine.page.url());
    await signIn(other.page);
    await other.page.getByText('Nothing happened on these days.').waitFor();
    await settled(other.page);
    const shown = async ({ page }: typeof mine) => ({
      marks: await page.locator('.axis .tick').allInnerTexts(),
      bars: await page.locator('.picture .bar').count(),
      active: await page.getByLabel('Only what is active now').isChecked(),
      from: await page.getByLabel('From', { exact: true }).inputValue(),
    });
    expect(await shown(other)).toEqual(await shown(mine));

    await other.page.getByRole('group', { name: 'Zoom' }).getByText('All').click();
    await other.page.getByLabel('Only what is active now').uncheck();
    await other.page.getByLabel('From', { exact: true }).fill('');
    await other.page.getByLabel('To', { exact: true }).fill('');
    await rows(other.page, 'Ledger').first().waitFor();
    await other.page.waitForURL(/\/accounts\/jon\.archer$/);
    expect((await shown(other)).marks).not.toEqual((await shown(mine)).marks);
    expect([...mine.complaints, ...other.complaints]).toEqual([]);
  },
  120_000,
);

test('another account is shown as a whole', async () => {
  const { page } = await stage.open('desktop');
  await page.goto('/console/m/demo/accounts/jon.archer?active=only&from=2020-01-01&to=2020-01-02');
  await signIn(page);
  await heading(page, 'jon.archer').waitFor();
  await page.getByRole('combobox').fill('abc456');
  await page.getByRole('option').first().click();
  await heading(page, 'abc456').waitFor();
  await rows(page, 'Ledger').first().waitFor();
  await settled(page);
  expect(await page.getByText('Reasons are known').count()).toBe(0);
  expect(await page.getByLabel('Only what is active now').isChecked()).toBe(false);
  expect(page.url()).toMatch(/\/accounts\/[^/?]+$/);
}, 120_000);

test('what is active is drawn though very much that is over comes before it', async () => {
  const ids = Array.from({ length: MANY }, (_none, index) => `a-${index}`);
  const line = { merchantAccountId: 'abc456', action: 'grant' };
  const changes = [
    ...[...ids, 'z-last'].map((id) => ({ ...line, merchantEntitlementId: id })),
    ...[...ids, 'archive'].map((id) => ({ ...line, merchantEntitlementId: id, action: 'revoke' })),
  ];
  const reply = await fetch(`${stage.url}/v1/entitlements:batch`, {
    method: 'POST',
    headers: { 'X-API-KEY': 'lk_demo', 'Content-Type': 'application/x-ndjson' },
    body: changes.map((change) => JSON.stringify(change)).join('\n'),
  });
  expect((await reply.text()).match(/"status":200/g)).toHaveLength(changes.length);
  const { page, complaints } = await stage.open('desktop');
  await page.goto('/console/m/demo/accounts/abc456?active=only');
  await signIn(page);
  await page.getByRole('group', { name: 'z-last: a grant' }).waitFor();
  expect(await page.getByText('Nothing is active now.').count()).toBe(0);
  // The account has more lines than are read for reasons.
  const access = page.getByRole('region', { name: 'Access now' });
  await access.getByText(/^Reasons are known from .* on/).waitFor();
  expect(complaints).toEqual([]);
}, 120_000);

test('how far a list was read stands in the address', async () => {
  for (let calls = 0; calls < 30; calls += 1) {
    await fetch(`${stage.url}/v1/users/list`, { headers: { 'X-API-KEY': 'lk_demo' } });
  }
  const mine = await stage.open('desktop');
  await mine.page.goto('/console/m/demo/calls');
  await signIn(mine.page);
  await mine.page.getByRole('button', { name: 'Show more' }).click();
  await rows(mine.page, 'Calls').nth(29).waitFor();
  await mine.page.waitForURL(/\?calls-after=\d+$/);

  const other = await stage.open('desktop');
  await other.page.goto(mine.page.url());
  await signIn(other.page);
  await other.page.getByText('The list begins at a later page.').waitFor();
  const shown = await rows(other.page, 'Calls').allInnerTexts();
  expect(shown.length).toBeGreaterThan(0);
  expect((await rows(mine.page, 'Calls').allInnerTexts()).slice(25)).toEqual(shown);
  expect([await axe(other.page), await overflow(other.page)]).toEqual([[], 0]);
  await other.page.getByRole('button', { name: 'From the beginning' }).click();
  await rows(other.page, 'Calls').nth(24).waitFor();
  await other.page.waitForURL(/\/calls$/);

  // A place that nobody gave out: the way back is there.
  await other.page.goto('/console/m/demo/calls?calls-after=nonsense');
  await other.page.getByRole('button', { name: 'From the beginning' }).click();
  await rows(other.page, 'Calls').nth(24).waitFor();
  expect([...mine.complaints, ...other.complaints]).toEqual([]);
}, 120_000);
