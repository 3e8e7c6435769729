/** A session of a person of a provider ends: the way to the provider is there, and what was typed stays. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Provider } from '../harness/oidc-provider';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { heading, settled } from './pages';

const ACCOUNT = '/console/m/demo/accounts/abc456?active=only';

let folder: string;
let provider: Provider;
let stage: Stage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  provider = new Provider();
  await provider.start();
  stage = await startStage(...provider.settings(join(folder, 'secret')));
}, 120_000);

afterAll(async () => {
  await stage.end();
  await provider.stop();
  rmSync(folder, { recursive: true });
});

test.each(STORY_LOOKS)(
  '%s',
  async (look) => {
    const { page, complaints } = await stage.open(look);
    const way = /^Sign in with 127/;
    await page.goto(ACCOUNT);
    await page.getByRole('link', { name: way }).click();
    await heading(page, 'abc456').waitFor();
    const ownOnly = () =>
      complaints.filter((line) => !line.startsWith(`asked ${provider.issuer}/authorize?`));
    await page.getByRole('button', { name: 'Grant access' }).click();
    const dialog = page.getByRole('dialog', { name: 'Grant access' });
    await dialog.getByLabel('Entitlement').fill('typed-before');
    // What the screen itself asks for is there: the first to be refused is the preview.
    await settled(page);
    await page.context().clearCookies();
    await dialog.getByRole('button', { name: 'Show what will be different' }).click();
    const over = page.getByRole('dialog', { name: 'Sign in again' });
    await over.getByRole('link', { name: way }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      over.getByRole('link', { name: way }).click(),
    ]);
    await heading(tab, 'abc456').waitFor();
    expect(tab.url()).toBe(stage.url + ACCOUNT);
    await over.waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Entitlement').inputValue()).toBe('typed-before');
    await dialog.getByRole('button', { name: 'Show what will be different' }).click();
    await dialog.getByRole('table', { name: 'Changes' }).waitFor();
    expect(ownOnly()).toEqual([]);
  },
  120_000,
);
