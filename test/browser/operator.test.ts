/** The operator's story: how it goes, over three spans, and whether the database is whole. */
import { callAccount } from '../harness/soap-call';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { heading, navigation, settled, signIn } from './pages';

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
    for (const span of ['Hour', 'Month', 'Day']) {
      await page.getByRole('link', { name: span }).click();
      await page
        .getByRole('link', { name: span, exact: true })
        .and(page.locator('[aria-current]'))
        .waitFor();
      await settled(page);
      const text = await page.locator('main').innerText();
      expect(text).toContain('Active entitlements');
      // The one call that was refused.
      expect(text).toMatch(/Calls refused\s+1\b/);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    expect(complaints).toEqual([]);
  },
  240_000,
);
