/** The overview looks again by itself: soon while a count goes on, and seldom once all is counted. */
import { type Stage, startStage } from './browser';
import { heading, navigation, signIn } from './pages';

const SOON = 2000;
const EACH = 30_000;

/** Milliseconds of the page's time between two looks at it. */
const STEP = 10;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage('--simulate');
}, 120_000);

afterAll(() => stage.end());

test('after two seconds where not all was counted, else after thirty', async () => {
  const { page, complaints } = await stage.open('desktop');
  let asked = 0;
  await page.route('**/console/api/overview?*', async (route) => {
    const isCut = (asked += 1) < 3;
    const response = await route.fetch();
    const answer = (await response.json()) as { active: object };
    const active = { ...answer.active, isCut };
    await route.fulfill({ response, json: { ...answer, active } });
  });
  await page.goto('/console/m/demo/calls');
  await signIn(page);
  await heading(page, 'Calls').waitFor();
  // From here on the page's time stands still but for what it is given.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await navigation(page).getByRole('link', { name: 'Overview' }).click();
  const active = page.locator('.figures dd').first();
  const shown = (text: RegExp) => active.filter({ hasText: text });
  const after = async (milliseconds: number) => {
    await page.clock.runFor(milliseconds);
    // What the page asked before this has been seen when this is answered.
    await page.evaluate<number>('fetch("/healthz").then(({ status }) => status)');
    return asked;
  };
  while (!(await shown(/\+$/).isVisible())) await page.clock.runFor(STEP);
  expect(await after(SOON - 500)).toBe(1);
  expect(await after(600)).toBe(2);
  expect(await after(SOON + 100)).toBe(3);
  // Asked already: no time passes until it is answered.
  await shown(/\d$/).waitFor();
  expect(await after(EACH - 1000)).toBe(3);
  expect(await after(1500)).toBe(4);
  expect(complaints).toEqual([]);
}, 120_000);
