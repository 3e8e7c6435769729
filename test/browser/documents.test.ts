/** The pages beside the console: the index, and the documents of REST calls with one of them opened to be tried. */
import type { Page } from 'playwright-core';
import { DOCUMENT_LOOKS, axe, overflow, type Stage, startStage } from './browser';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage('--simulate');
}, 120_000);

afterAll(() => stage.end());

const DOCUMENTS = ['/v1/docs', '/console/api/docs', '/_latchkey/docs'];

/** Nothing on the page is wrong or too wide. */
async function expectSound(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

describe.each(DOCUMENT_LOOKS)('%s', (look) => {
  test('the index leads to each document', async () => {
    const { page, complaints, refusals } = await stage.open(look);
    await page.goto('/');
    await expectSound(page);
    const links = page.getByRole('link');
    const addresses = await links.evaluateAll((all) =>
      all.map((link) => link.getAttribute('href')),
    );
    const paths = addresses.map((address) => address?.replace(stage.url, ''));
    expect(paths).toEqual(expect.arrayContaining([...DOCUMENTS, '/console', '/readyz']));
    expect([complaints, refusals]).toEqual([[], []]);
  }, 120_000);

  test.each(DOCUMENTS)(
    '%s: as it opens, with a call that is tried, and with its keys',
    async (path) => {
      const { page, complaints, refusals } = await stage.open(look);
      await page.goto(path);
      const call = page.locator('.opblock-post').first();
      await call.waitFor();
      await expectSound(page);
      const authorize = page.getByRole('button', { name: 'Authorize' });
      if ((await authorize.count()) > 0) {
        await authorize.first().click();
        await page.getByRole('heading', { name: 'Available authorizations' }).waitFor();
        await expectSound(page);
        await page.getByRole('button', { name: 'Close', exact: true }).first().click();
      }
      await call.getByRole('button').first().click();
      await call.getByRole('button', { name: 'Try it out' }).click();
      await call.getByRole('button', { name: 'Execute' }).waitFor();
      await expectSound(page);
      expect(refusals).toEqual([]);
      await call.getByRole('button', { name: 'Execute' }).click();
      await call.getByText('Server response').waitFor();
      // The policy lets the page write its colours.
      const code = call.locator('.curl').first();
      expect(await code.evaluate((element) => getComputedStyle(element).display)).toBe('block');
      expect(complaints).toEqual([]);
    },
    240_000,
  );
});
