/** The operator's story: how it goes, over three spans, and whether the database is whole. */
import type { Locator, Page } from 'playwright-core';
import { callAccount } from '../harness/soap-call';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { heading, navigation, settled, signIn } from './pages';

/** Spans of time, and the number of each one's last point. */
const SPANS = [
  ['Hour', '59'],
  ['Month', '123'],
  ['Day', '95'],
] as const;

/** The picture of what gives access. */
function active(page: Page): Locator {
  return page.getByRole('slider', { name: /^Active entitlements/ });
}

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
  const parts =
    '<account><merchantAccountId>nobody</merchantAccountId></account>' +
    '<merchantEntitlementId>bac</merchantEntitlementId>';
  await callAccount(stage.url, 'isEntitled', parts, { login: 'demo', password: 'demo' });
}, 120_000);

afterAll(() => stage.end());

test.each(STORY_LOOKS)(
  'looks at the overview, and has the database checked, %s',
  async (look) => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/settings/check');
    await signIn(page);
    await heading(page, 'Settings').waitFor();
    await page.getByRole('button', { name: /^Check/ }).click();
    await page.getByText('All is well').waitFor();
    await navigation(page).getByRole('link', { name: 'Overview' }).click();
    await heading(page, 'Overview').waitFor();
    for (const [span, last] of SPANS) {
      await page.getByRole('link', { name: span }).click();
      await page
        .getByRole('link', { name: span, exact: true })
        .and(page.locator('[aria-current]'))
        .waitFor();
      await settled(page);
      const text = await page.locator('main').innerText();
      expect(text).toContain('Active entitlements');
      expect([span, await active(page).getAttribute('aria-valuemax')]).toEqual([span, last]);
      // The one call that was refused.
      expect(text).toMatch(/Calls refused\s+1\b/);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    expect(complaints).toEqual([]);
  },
  240_000,
);

test('until the figures of a span are there, those of another do not stand in their place', async () => {
  const { page, complaints } = await stage.open('desktop');
  await page.goto('/console/m/demo');
  await signIn(page);
  await active(page).waitFor();
  const { promise, resolve: letAnswer } = Promise.withResolvers<undefined>();
  await page.route('**/console/api/overview?span=hour', async (route) => {
    await promise;
    await route.continue();
  });
  await page.getByRole('link', { name: 'Hour', exact: true }).click();
  await page.getByText('Loading…').waitFor();
  expect(await active(page).count()).toBe(0);
  letAnswer(undefined);
  await active(page).waitFor();
  expect(complaints).toEqual([]);
}, 120_000);
