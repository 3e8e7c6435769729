/** The overview looks again by itself: soon while a count goes on, and seldom once all is counted. */
import type { Locator, Page } from 'playwright-core';
import { type Stage, startStage } from './browser';
import { heading, navigation, signIn } from './pages';

const SOON = 2000;
const EACH = 30_000;

/** Milliseconds of the page's time between two looks at it. */
const STEP = 10;

/** A question of the page's own beside the others. */
const LOOK = 'fetch("/healthz").then(({ status }) => status)';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage('--simulate');
}, 120_000);

afterAll(() => stage.end());

/** Shows the overview to a page whose time stands still but for what it is given. @returns its first figure */
async function showInStoppedTime(page: Page): Promise<Locator> {
  await page.goto('/console/m/demo/calls');
  await signIn(page);
  await heading(page, 'Calls').waitFor();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await navigation(page).getByRole('link', { name: 'Overview' }).click();
  return page.locator('.figures dd').first();
}

test('after two seconds where not all was counted, else after thirty', async () => {
  const { page, complaints } = await stage.open('desktop');
  let asked = 0;
  let answered = 0;
  await page.route('**/console/api/overview?*', async (route) => {
    const isCut = (asked += 1) < 3;
    const response = await route.fetch();
    const answer = (await response.json()) as { active: object };
    const active = { ...answer.active, isCut };
    await route.fulfill({ response, json: { ...answer, active } });
    answered += 1;
  });
  const active = await showInStoppedTime(page);
  const shown = (text: RegExp) => active.filter({ hasText: text });
  const after = async (milliseconds: number) => {
    await page.clock.runFor(milliseconds);
    // What the page asked before this has been seen when this is answered, and of its answers what came before.
    await page.evaluate<number>(LOOK);
    while (answered < asked) await new Promise(setImmediate);
    await page.evaluate<number>(LOOK);
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

test('an answer that takes longer than the time between two looks is waited for', async () => {
  const { page, complaints } = await stage.open('desktop');
  const later = Promise.withResolvers<undefined>();
  let asked = 0;
  await page.route('**/console/api/overview?*', async (route) => {
    const isSecond = (asked += 1) === 2;
    const response = await route.fetch();
    const answer = (await response.json()) as { active: object };
    if (isSecond) await later.promise;
    await route.fulfill({
      response,
      json: { ...answer, active: { ...answer.active, isCut: !isSecond } },
    });
  });
  const active = await showInStoppedTime(page);
  while (!(await active.filter({ hasText: /\+$/ }).isVisible())) await page.clock.runFor(STEP);
  for (let look = 0; look < 3; look += 1) {
    await page.clock.runFor(SOON);
    await page.evaluate<number>(LOOK);
  }
  expect(asked).toBe(2);
  later.resolve(undefined);
  await active.filter({ hasText: /\d$/ }).waitFor();
  expect(complaints).toEqual([]);
}, 120_000);
