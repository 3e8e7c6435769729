/** The last calls: a refused one is found, read, and copied as a command. */
import { callAccount } from '../harness/soap-call';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { heading, navigation, rows, settled, signIn } from './pages';

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
  'from the list to one of them, %s',
  async (look) => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo');
    await signIn(page);
    await navigation(page).getByRole('link', { name: 'Calls' }).click();
    await heading(page, 'Calls').waitFor();
    await page.getByLabel('Operation').fill('entitled');
    await page.getByRole('button', { name: 'Look' }).click();
    const found = rows(page, 'Calls');
    await found.first().waitFor();
    expect(await found.count()).toBe(1);
    expect(await found.first().innerText()).toContain('400');
    await found.first().getByRole('link', { name: 'Account.isEntitled' }).click();
    await heading(page, 'Account.isEntitled').waitFor();
    await settled(page);
    await page.getByText('As it was sent').first().click();
    const text = await page.locator('main').innerText();
    expect(text).toContain('merchantAccountId');
    expect(text).toContain('<password>***</password>');
    expect(text).toContain('<returnCode>400</returnCode>');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('curl --request POST').or(page.getByText('Copied.')).first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  },
  240_000,
);
