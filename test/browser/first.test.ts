/** A new server: nothing is there yet, and each screen says what to do; and addresses that are not for everybody. */
import { axe, overflow, type Stage, startEmptyStage } from './browser';
import { dialogWith, heading, settled, signIn } from './pages';

const PASSWORD = 'first password';

let stage: Stage;

beforeAll(async () => {
  stage = await startEmptyStage(['ada', 'admin'], ['vic', 'viewer']);
}, 120_000);

afterAll(() => stage.end());

/** Screens of a merchant that has nothing, and what each says. */
const EMPTY: ReadonlyArray<readonly [address: string, says: string]> = [
  ['', 'There are no entitlements yet.'],
  ['/search?text=nobody', 'Nothing of acme begins like this.'],
  ['/calls', 'No call came since'],
  ['/events', 'Nothing has happened yet.'],
  ['/events/webhooks', 'A webhook sends them'],
  ['/events/push', 'No listener is subscribed.'],
  ['/catalogue', 'There is no offer yet.'],
  ['/catalogue/products', 'There is no product yet.'],
  ['/catalogue/plans', 'There is no billing plan yet.'],
  ['/settings/keys', 'There is no key yet.'],
];

test('the first merchant is made where there is none, and each screen says what to do', async () => {
  const { page, complaints } = await stage.open('narrow');
  await page.goto('/console');
  await signIn(page, 'ada', PASSWORD);
  await page.getByText('There is no merchant yet.').waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  const add = page.getByRole('button', { name: 'Add a merchant' });
  await add.focus();
  await page.keyboard.press('Enter');
  const dialog = dialogWith(page, 'Add a merchant');
  // A dialog that is closed gives the keyboard back to what opened it.
  for (const close of ['Escape', 'Shift+Tab Enter']) {
    await dialog.getByLabel('Login').and(page.locator(':focus')).waitFor();
    for (const key of close.split(' ')) await page.keyboard.press(key);
    await dialog.waitFor({ state: 'detached' });
    await add.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
  }
  await dialog.getByLabel('Login').fill('acme');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  // The password is shown once: the screen stays until it was read.
  await page.getByText('The SOAP password was made.').waitFor();
  await page.getByRole('link', { name: 'acme', exact: true }).click();
  await heading(page, 'Overview').waitFor();
  for (const [address, says] of EMPTY) {
    await page.goto(`/console/m/acme${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(await page.locator('main').innerText()).toContain(says);
    expect([address, await axe(page), await overflow(page)]).toEqual([address, [], 0]);
  }
  expect(complaints).toEqual([]);
}, 120_000);

test('an address that is not for the person, or leads nowhere, shows no other screen', async () => {
  const { page, complaints } = await stage.open('desktop');
  await page.goto('/console/m/acme/settings/people');
  await signIn(page, 'vic', PASSWORD);
  await heading(page, 'This screen is for admins').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.goto('/console/m/acme/simulation');
  await heading(page, 'This server is no simulation').waitFor();
  for (const address of ['/settings/nothing', '/catalogue/nothing', '/events/nothing']) {
    await page.goto(`/console/m/acme${address}`);
    await heading(page, 'There is no such screen').waitFor();
  }
  expect(complaints).toEqual([]);
}, 120_000);
