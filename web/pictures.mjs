/**
 * Takes the pictures of docs/pictures from the demo data: `npm run build:all && node web/pictures.mjs`. They show what
 * the console shows today, for nobody draws them.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs', 'pictures');

/** An account of the demo data with something to see. */
const ACCOUNT = process.env.ACCOUNT ?? 'abc456';

/** Each picture by its name: the screen's address under /console, and how it is looked at. */
const PICTURES = [
  ['sign-in', '/sign-in', {}],
  ['account', `/m/demo/accounts/${ACCOUNT}`, {}],
  ['account-dark', `/m/demo/accounts/${ACCOUNT}`, { colorScheme: 'dark' }],
  ['account-narrow', `/m/demo/accounts/${ACCOUNT}`, { viewport: { width: 320, height: 700 } }],
  ['search', '/m/demo/search?text=a', {}],
  ['events', '/m/demo/events', {}],
  ['catalogue', '/m/demo/catalogue', {}],
  ['settings', '/m/demo/settings/people', {}],
  ['simulation', '/m/demo/simulation', {}],
];

const folder = mkdtempSync(join(tmpdir(), 'latchkey-pictures-'));
const args = [join(ROOT, 'dist', 'src', 'cli.js'), 'serve', '--demo', '--simulate'];
const env = { ...process.env, LATCHKEY_PORT: '0', LATCHKEY_DATABASE: join(folder, 'demo.db') };
const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });

/** The server's address, once it listens. */
async function address() {
  let text = '';
  for await (const piece of server.stdout) {
    text += piece;
    const [, url] = /"url":"([^"]+)"/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`The server ended:\n${text}`);
}

const url = await address();
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, path, look] of PICTURES) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      baseURL: `${url}/`,
      ...look,
    });
    const page = await context.newPage();
    if (name !== 'sign-in') {
      await page.request.post('/console/api/session', {
        headers: { 'X-Latchkey-Console': '1' },
        data: { name: 'demo', password: 'demo' },
      });
    }
    await page.goto(`/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Loading…').first().waitFor({ state: 'detached' });
    await page.screenshot({
      path: join(FOLDER, `${name}.png`),
      fullPage: name !== 'account-narrow',
    });
    await context.close();
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true });
}
