/** The words at the axes of pictures: none over another, none cut, however narrow the picture and long the words. */
import type { Page } from 'playwright-core';
import { type Stage, startStage } from './browser';
import { navigation, settled, signIn } from './pages';

const LOCALES = ['en-US', 'de-DE'];

/** Counts whose numbers are long. */
const MANY = 12_345_678;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);

afterAll(() => stage.end());

/** The words of each picture that lie over one another, or reach out of it. */
function mess(page: Page, picture: string, words: string): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll(${JSON.stringify(picture)})].flatMap((picture) => {
    const { left, right } = picture.getBoundingClientRect();
    const found = [...picture.querySelectorAll(${JSON.stringify(words)})].filter(({ textContent }) => textContent !== '')
      .map((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return { text: element.textContent, box: range.getBoundingClientRect() };
      });
    const out = found.filter(({ box }) => box.left < left - 1 || box.right > right + 1).map(({ text }) => text + ' is cut');
    const over = found.flatMap((one, index) => found.slice(index + 1)
      .filter(({ box }) => box.left < one.box.right && one.box.left < box.right &&
        box.top < one.box.bottom && one.box.top < box.bottom)
      .map(({ text }) => one.text + ' over ' + text));
    return [...out, ...over];
  })`);
}

test.each(LOCALES)(
  'the overview, %s',
  async (locale) => {
    const { page, complaints } = await stage.open('narrow', locale);
    await page.route('**/console/api/overview?*', async (route) => {
      const response = await route.fetch();
      const overview = (await response.json()) as { active: { counts: number[] } };
      const counts = overview.active.counts.map(() => MANY);
      const json = {
        ...overview,
        active: { ...overview.active, counts },
        calls: [{ code: '200', counts }],
        changes: [{ action: 'grant', counts }],
      };
      await route.fulfill({ response, json });
    });
    await page.goto('/console/m/demo');
    await signIn(page);
    await navigation(page).waitFor();
    for (const span of ['hour', 'day', 'month']) {
      await page.goto(`/console/m/demo?span=${span}`);
      const charts = page.locator('.chart svg:has(text)');
      await charts.nth(2).waitFor();
      // Three numbers and both ends of each.
      expect(await charts.locator('text').count()).toBe(3 * (3 + 2));
      expect([span, await mess(page, '.chart svg', 'text')]).toEqual([span, []]);
    }
    expect(complaints).toEqual([]);
  },
  120_000,
);

test.each(LOCALES)(
  'the timeline of an account, %s',
  async (locale) => {
    const { page, complaints } = await stage.open('narrow', locale);
    await page.goto('/console/m/demo/accounts/jon.archer');
    await signIn(page);
    const zoom = page.getByRole('group', { name: 'Zoom', exact: true });
    await zoom.waitFor();
    await settled(page);
    const press = async (name: string) => {
      await zoom.getByRole('button', { name, exact: true }).click();
      const ticks = page.locator('.tick').filter({ hasText: /./ });
      expect([name, await ticks.count()]).not.toEqual([name, 0]);
      expect([name, await mess(page, '.axis .track', '.tick, .now-word')]).toEqual([name, []]);
    };
    for (const name of ['Year', 'Quarter', 'Month', 'Week', 'All']) await press(name);
    await press('Week');
    for (let step = 0; step < 6; step += 1) await press('Closer');
    for (let step = 0; step < 16; step += 1) await press('Wider');
    expect(complaints).toEqual([]);
  },
  120_000,
);
