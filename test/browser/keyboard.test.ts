/** The keyboard's place: what removes its own button leaves it nearby, and never at the top of the page. */
import type { Page } from 'playwright-core';
import { type Stage, startStage } from './browser';
import { accessTo, ask, navigation, previewThen, rows, settled, signIn } from './pages';

const KEY = { 'X-API-KEY': 'lk_demo', 'Content-Type': 'application/json' };

/** What has the keyboard: its element, and what it says first. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    "document.activeElement.localName + ': ' + document.activeElement.innerText.trim().split(/\\s/)[0]",
  );
}

async function open(
  stage: Stage,
  path: string,
): Promise<{ page: Page; complaints: readonly string[] }> {
  const { page, complaints } = await stage.open('desktop');
  await page.goto(path);
  await signIn(page);
  await navigation(page).waitFor();
  await settled(page);
  return { page, complaints };
}

/** Adds what has a name, by keyboard. */
async function addNamed(page: Page, button: string, name: string): Promise<void> {
  await page.getByRole('button', { name: button }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Add' }).press('Enter');
}

describe('a server', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  }, 120_000);
  afterAll(() => stage.end());

  test('a row that stays has it; of one that is removed, the next', async () => {
    const { page, complaints } = await open(stage, '/console/m/demo/settings/keys');
    await addNamed(page, 'Add a key', 'k-1');
    await page.getByRole('button', { name: 'I have it' }).click();
    const key = rows(page, 'API keys').filter({ hasText: 'k-1' });
    await ask(page, key, 'Revoke');
    await key.getByText('revoked').waitFor();
    expect(await focused(page)).toBe('tr: k-1');

    await page.goto('/console/m/demo/settings/people');
    for (const name of ['ann', 'bob']) {
      await addNamed(page, 'Add a person', name);
      await page.getByRole('button', { name: 'I have it' }).click();
    }
    const person = (name: string) => rows(page, 'People').filter({ hasText: name });
    await person('bob').waitFor();
    await ask(page, person('ann'), 'Remove');
    await person('ann').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('tr: bob');
    expect(complaints).toEqual([]);
  }, 120_000);

  test('access that ends, an AutoBill that stops: what they are named by', async () => {
    const { page, complaints } = await open(stage, '/console/m/demo/accounts/jon.archer');
    const grant = accessTo(page, 'archive');
    await grant.getByRole('button', { name: 'Revoke' }).click();
    await previewThen(page, 'Revoke');
    await grant.getByText('No access').waitFor();
    expect(await focused(page)).toMatch(/^(h3: archive|li: )/);
    const autoBill = rows(page, 'AutoBills').first();
    await autoBill.getByRole('button', { name: 'Stop AutoBill' }).click();
    await previewThen(page, 'Stop it');
    await autoBill.getByRole('button').waitFor({ state: 'detached' });
    expect(await focused(page)).toMatch(/^tr: /);
    expect(complaints).toEqual([]);
  }, 120_000);

  test("an order's: the order", async () => {
    const body = JSON.stringify({ email: 'k@example.com', orderId: 'K-1', grantOffer: 'course-a' });
    const path = `${stage.url}/v1/users/grant-user-offer-by-mail`;
    expect((await fetch(path, { method: 'POST', headers: KEY, body })).ok).toBe(true);
    const { page } = await open(stage, '/console/m/demo/orders/K-1');
    await page.getByRole('button', { name: 'Revoke order' }).click();
    await previewThen(page, 'Revoke');
    await page.getByRole('button', { name: 'Restore order' }).waitFor();
    expect(await focused(page)).toBe('h1: Order');
  }, 120_000);

  test('more of a list, a file, a form that is refused: where it was', async () => {
    const grant = { merchantAccountId: 'abc456', action: 'grant' };
    const grants = Array.from({ length: 30 }, (_none, index) =>
      JSON.stringify({ ...grant, merchantEntitlementId: `k-${index}` }),
    );
    const reply = await fetch(`${stage.url}/v1/entitlements:batch`, {
      method: 'POST',
      headers: { ...KEY, 'Content-Type': 'application/x-ndjson' },
      body: grants.join('\n'),
    });
    // The answer begins with the first line: all of it says that all are granted.
    expect((await reply.text()).match(/"status":200/g)).toHaveLength(grants.length);
    const { page, complaints } = await open(stage, '/console/m/demo/accounts/abc456');
    const more = page
      .getByRole('region', { name: 'What happened' })
      .getByRole('button', { name: 'Show more' });
    await more.waitFor();
    const lines = rows(page, 'Ledger');
    while ((await more.count()) > 0) {
      const before = await lines.count();
      await more.press('Enter');
      await lines.nth(before).waitFor();
    }
    expect(await focused(page)).toBe(`span: ${await lines.count()}`);
    const files = page.getByRole('group', { name: 'Download Ledger' });
    const download = page.waitForEvent('download');
    await files.getByRole('button', { name: 'CSV' }).press('Enter');
    await download;
    await files.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('button: CSV');

    await page.goto('/console/m/demo/settings/keys');
    await addNamed(page, 'Add a key', 'k-2');
    await page.getByRole('button', { name: 'I have it' }).click();
    await addNamed(page, 'Add a key', 'k-2');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('button', { name: 'Add', exact: true }).waitFor();
    expect(await focused(page)).toBe('button: Add');
    expect(complaints).toEqual([]);
  }, 120_000);
});

test('the last of a list: the heading above it; and who presses beside everything has it nowhere', async () => {
  const stage = await startStage('--simulate');
  try {
    const { page, complaints } = await open(stage, '/console/m/demo/simulation/clock');
    await page.getByLabel('Name').fill('before');
    await page.getByRole('button', { name: 'Keep as a snapshot' }).click();
    const kept = rows(page, 'Snapshots').filter({ hasText: 'before' });
    await ask(page, kept, 'Forget');
    await kept.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('h2: Snapshots');
    await page.mouse.click(5, 890);
    // What changes later gives it back to nothing.
    await page.evaluate("document.querySelector('main').append('')");
    expect(await focused(page)).toMatch(/^body/);
    expect(complaints).toEqual([]);
  } finally {
    await stage.end();
  }
}, 120_000);
