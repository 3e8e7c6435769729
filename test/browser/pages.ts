/** The console as a person uses it: what there is to press and to read, by the words that are on it. */
import type { Locator, Page } from 'playwright-core';

/** Signs in with the demo's name and password, from whatever screen was asked for. */
export async function signIn(page: Page, name = 'demo', password = 'demo'): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Searches by keyboard alone, and opens the first that is found. */
export async function searchFor(page: Page, text: string): Promise<void> {
  await page.locator('main').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  // What is found for its first letters is shown before, where one types slowly.
  await page.getByRole('option').first().filter({ hasText: text }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** The way to the screens: it is there for whoever has signed in. */
export function navigation(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Screens' });
}

/** Waits until no part of the screen waits for an answer any more. */
export async function settled(page: Page): Promise<void> {
  while ((await page.getByText('Loading…').count()) > 0) {
    await page.getByText('Loading…').first().waitFor({ state: 'detached' });
  }
}

/** The heading of the screen. */
export function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** The card of an entitlement under "Access now". */
export function accessTo(page: Page, entitlement: string): Locator {
  const title = page.getByRole('heading', { level: 3, name: entitlement, exact: true });
  return page.locator('.access > li').filter({ has: title });
}

/** The rows of a list. */
export function rows(page: Page, title: string): Locator {
  return page.getByRole('table', { name: title }).locator('tbody tr');
}

/** Looks at a preview, and then does what it shows. @returns what the preview says */
export async function previewThen(page: Page, verb: string): Promise<string> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Show what will be different' }).click();
  await dialog.getByRole('heading', { name: 'What will be different' }).waitFor();
  const text = await dialog.innerText();
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  return text;
}

/** The dialog of a title. */
export function dialogWith(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title });
}

/** Presses a button that asks once more, and says yes. @param within where it is */
export async function ask(page: Page, within: Locator, text: string): Promise<void> {
  await within.getByRole('button', { name: text, exact: true }).click();
  const dialog = dialogWith(page, text);
  await dialog.getByRole('button', { name: text, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
