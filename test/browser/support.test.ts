/** A day of support in a browser: sign in, find, understand, act; on a desktop and on a narrow screen. */
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import {
  accessTo,
  heading,
  navigation,
  previewThen,
  rows,
  searchFor,
  settled,
  signIn,
} from './pages';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);

afterAll(() => stage.end());

/** Makes an order of the demo's offer. */
async function grantOffer(email: string, orderId: string): Promise<void> {
  const response = await fetch(`${stage.url}/v1/users/grant-user-offer-by-mail`, {
    method: 'POST',
    headers: { 'X-API-KEY': 'lk_demo', 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, orderId, grantOffer: 'course-a' }),
  });
  expect(response.status).toBe(200);
}

describe.each(STORY_LOOKS)('%s', (look) => {
  test('a wrong password is said, what was typed stays, and the screen asked for comes after', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/calls');
    await signIn(page, 'demo', 'wrong');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('demo');
    expect(await page.getByLabel('Password').inputValue()).toBe('wrong');
    expect(await axe(page)).toEqual([]);
    await signIn(page);
    await heading(page, 'Calls').waitFor();
    expect(page.url()).toBe(`${stage.url}/console/m/demo/calls`);
    expect(complaints).toEqual([]);
  }, 120_000);

  test('a session that ends takes nothing of what was typed with it', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/accounts/abc456');
    await signIn(page);
    await page.getByRole('button', { name: 'Grant access' }).click();
    const dialog = page.getByRole('dialog', { name: 'Grant access' });
    await dialog.getByLabel('Entitlement').fill('typed-before');
    // What the screen itself asks for is there: the first to be refused is the preview.
    await settled(page);
    await page.context().clearCookies();
    await dialog.getByRole('button', { name: 'Show what will be different' }).click();
    const over = page.getByRole('dialog', { name: 'Sign in again' });
    await over.getByLabel('Name').fill('demo');
    await over.getByLabel('Password').fill('wrong');
    await over.getByRole('button', { name: 'Sign in' }).click();
    await over.getByRole('alert').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await over.getByLabel('Password').fill('demo');
    await over.getByRole('button', { name: 'Sign in' }).click();
    await over.waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Entitlement').inputValue()).toBe('typed-before');
    await dialog.getByRole('button', { name: 'Show what will be different' }).click();
    await dialog.getByRole('table', { name: 'Changes' }).waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);

  test('a sign-in leads to no other site, whatever the address says', async () => {
    const { page } = await stage.open(look);
    await page.goto(`/console/sign-in?next=${encodeURIComponent('//evil.example/console/')}`);
    await signIn(page);
    // By way of /console, which has the navigation already.
    await page.waitForURL(`${stage.url}/console/m/demo`);
  }, 120_000);

  test('search, account, timeline; a grant is revoked after a preview, and the ledger says who and why', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console');
    await signIn(page);
    await navigation(page).waitFor();
    await searchFor(page, 'abc4');
    await heading(page, 'abc456').waitFor();
    const archive = accessTo(page, 'archive');
    await archive.getByText('Access', { exact: true }).waitFor();
    await accessTo(page, 'magazine').getByText('No access').waitFor();
    await page.locator('.picture .bar').first().focus();
    expect(await page.locator('.details').innerText()).toMatch(/archive|magazine/);
    await settled(page);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);

    await archive.getByRole('button', { name: 'Revoke' }).click();
    const note = `<b>Ticket 7</b> ${look}`;
    await page.getByRole('dialog').getByLabel('Note').fill(note);
    expect(await axe(page)).toEqual([]);
    expect(await previewThen(page, 'Revoke')).toContain('loses access');
    await archive.getByText('No access').waitFor();
    const line = rows(page, 'Ledger').first();
    await line.getByText('archive revoked').waitFor();
    expect(await line.innerText()).toContain(note);
    expect(await line.innerText()).toContain('demo');

    await page.getByRole('button', { name: 'Grant access' }).click();
    await page.getByRole('dialog').getByLabel('Entitlement').fill('archive');
    expect(await previewThen(page, 'Grant')).toContain('gets access');
    await archive.getByText('Access', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  }, 240_000);

  test('what was revoked but goes on for a time is not called lost, with the moment by the clock of the server, too', async () => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/accounts/cleo.archer');
    await signIn(page);
    const [grace, past] = [rows(page, 'Ledger').first(), rows(page, 'Ledger').nth(1)];
    await grace.getByText('club revoked, but lasts until').waitFor();
    expect(await grace.innerText()).toContain('payment failed');
    expect(await past.innerText()).toContain('club granted without end');
    const end = grace.locator('td').filter({ hasText: 'lasts until' }).locator('time');
    expect(await end.getAttribute('title')).toContain('Server (America/Los_Angeles)');
    await accessTo(page, 'club').getByText('Access', { exact: true }).waitFor();
    // What a product gives leads to the products.
    await page.goto('/console/m/demo/search?text=news');
    await page.getByRole('link', { name: 'news', exact: true }).click();
    await page.waitForURL(/\/catalogue\/products$/);
    expect(complaints).toEqual([]);
  }, 120_000);

  test('an order is revoked with a reason, and restored', async () => {
    const orderId = `A-${look}`;
    await grantOffer(`${look}@example.com`, orderId);
    const { page, complaints } = await stage.open(look);
    await page.goto(`/console/m/demo/orders/${orderId}`);
    await signIn(page);
    await heading(page, `Order ${orderId}`).waitFor();
    await page.getByRole('button', { name: 'Revoke order' }).click();
    await page.getByRole('dialog').getByLabel('Reason').selectOption('refunded');
    expect(await previewThen(page, 'Revoke')).toContain('loses access');
    await page.getByRole('button', { name: 'Restore order' }).click();
    expect(await previewThen(page, 'Restore')).toContain('gets access');
    await page.getByRole('button', { name: 'Revoke order' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  }, 240_000);
});

test('what the server said before a sign-in, and comes after it, ends no session', async () => {
  const { page, complaints } = await stage.open('desktop');
  const isSession = /\/console\/api\/session$/;
  const signedIn = Promise.withResolvers<undefined>();
  await page.route(isSession, async (route) => {
    if (route.request().method() !== 'GET') return route.fallback();
    const response = await route.fetch();
    await signedIn.promise;
    return route.fulfill({ response });
  });
  await page.goto('/console/sign-in');
  const late = page.waitForResponse(
    (response) => isSession.test(response.url()) && response.request().method() === 'GET',
  );
  await signIn(page);
  await navigation(page).waitFor();
  signedIn.resolve(undefined);
  expect((await late).status()).toBe(204);
  // The page has it when it has what it asks for after it.
  await page.evaluate<number>('fetch("/healthz").then(({ status }) => status)');
  expect(await navigation(page).isVisible()).toBe(true);
  expect(complaints).toEqual([]);
}, 120_000);

test('what was chosen among the found stays chosen where a late answer has it in another place', async () => {
  const { page, complaints } = await stage.open('desktop');
  const chosen = Promise.withResolvers<undefined>();
  await page.route('**/console/api/search?text=jon.&*', async (route) => {
    const response = await route.fetch();
    const { found, ...rest } = (await response.json()) as { found: unknown[] };
    await chosen.promise;
    await route.fulfill({ response, json: { ...rest, found: found.toReversed() } });
  });
  await page.goto('/console/m/demo');
  await signIn(page);
  await navigation(page).waitFor();
  const options = page.getByRole('option');
  const field = page.getByRole('combobox', { name: 'Search' });
  await field.fill('jon');
  await options.first().filter({ hasText: 'jon.archer' }).waitFor();
  await field.press('.');
  await field.press('ArrowDown');
  const before = await options.first().innerText();
  chosen.resolve(undefined);
  await options.last().filter({ hasText: 'jon.archer@' }).waitFor();
  expect(await page.getByRole('option', { selected: true }).innerText()).toBe(before);
  await field.press('Enter');
  await heading(page, 'jon.archer').waitFor();
  expect(complaints).toEqual([]);
}, 120_000);
