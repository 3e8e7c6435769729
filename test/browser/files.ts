/** The files of lists, as a person saves them. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { settled } from './pages';

/** Titles of lists and how many rows their files have. */
export type Files = Record<string, number>;

/** What a button of a list saves. */
export async function save(page: Page, list: Locator, kind: 'CSV' | 'JSON'): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    list.getByRole('button', { name: kind, exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
  return readFileSync(await download.path(), 'utf8');
}

/** Saves each list of what is shown, and holds its two files against each other. */
export async function saveAll(page: Page, within: Page | Locator = page): Promise<Files> {
  await settled(page);
  const titles = await within.getByRole('table').locator('caption').allInnerTexts();
  const files: Files = {};
  const lists = within.getByRole('group', { name: /^Download / });
  for (const list of await lists.all()) {
    const title = ((await list.getAttribute('aria-label')) ?? '').replace('Download ', '');
    const rows = JSON.parse(await save(page, list, 'JSON')) as unknown[];
    const [head = '', ...lines] = (await save(page, list, 'CSV')).trimEnd().split('\r\n');
    expect([title, lines.length]).toEqual([title, rows.length]);
    expect(head).not.toBe('');
    files[title] = rows.length;
  }
  // A table that has no files would be missing.
  expect(Object.keys(files)).toEqual(expect.arrayContaining(titles));
  return files;
}
