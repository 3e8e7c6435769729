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
const FOLDER = process.env.PICTURES ?? join(ROOT, 'docs', 'pictures');

/** An account of the demo data with something to see. */
const ACCOUNT = process.env.ACCOUNT ?? 'jon.archer';

const DARK = { colorScheme: 'dark' };
const NARROW = { viewport: { width: 320, height: 700 } };

/** Opens what will be different where the account's order is revoked. */
async function previewRevocation(page) {
  await page.getByRole('button', { name: 'Revoke order' }).first().click();
  await page.getByRole('dialog').getByLabel('Note').fill('Ticket 4711');
  await page.getByRole('button', { name: 'Show what will be different' }).click();
  await page.getByRole('heading', { name: 'What will be different' }).waitFor();
}

/** Opens the last call that changed something. */
async function openCall(page) {
  await page.getByRole('link', { name: 'Account.revokeEntitlement' }).first().click();
  await page.getByRole('heading', { name: 'What it changed' }).waitFor();
}

/** Each picture by its name: its address, how it is looked at, and what is done before. */
const PICTURES = [
  ['sign-in', '/console/sign-in', {}],
  ['overview', '/console/m/demo?span=month', {}],
  ['account', `/console/m/demo/accounts/${ACCOUNT}`, {}],
  ['account-dark', `/console/m/demo/accounts/${ACCOUNT}`, DARK],
  ['account-narrow', `/console/m/demo/accounts/${ACCOUNT}`, NARROW],
  ['search', '/console/m/demo/search?text=a', {}],
  ['act', `/console/m/demo/accounts/${ACCOUNT}`, {}, previewRevocation],
  ['calls', '/console/m/demo/calls', {}],
  ['call', '/console/m/demo/calls', {}, openCall],
  ['events', '/console/m/demo/events', {}],
  ['catalogue', '/console/m/demo/catalogue/products', {}],
  ['settings', '/console/m/demo/settings/people', {}],
  ['index', '/', {}],
  ['docs', '/v1/docs', DARK],
];

/** The same of a simulation. */
const SIMULATED = [['simulation', '/console/m/demo/simulation', {}]];

const folder = mkdtempSync(join(tmpdir(), 'latchkey-pictures-'));

/** Starts a server. @param ready what its log says once there is something to see */
async function start(name, ready, ...more) {
  const args = [join(ROOT, 'dist', 'src', 'cli.js'), 'serve', '--demo', ...more];
  const database = join(folder, `${name}.db`);
  const env = { ...process.env, LATCHKEY_PORT: '0', LATCHKEY_DATABASE: database };
  const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const piece of server.stdout) {
    text += piece;
    const [, url] = /"url":"([^"]+)"/.exec(text) ?? [];
    if (url !== undefined && ready.test(text)) {
      server.stdout.resume();
      return { url, end: () => server.kill() };
    }
  }
  throw new Error(`The server ended:\n${text}`);
}

/** Clients as the list of calls has them: what they call, and about which account. */
const CALLS = [
  ['isEntitled', ACCOUNT, 'archive', 'demo'],
  ['isEntitled', ACCOUNT, 'news', 'demo'],
  ['isEntitled', 'nobody', 'news', 'demo'],
  ['revokeEntitlement', ACCOUNT, 'club', 'demo'],
  ['isEntitled', ACCOUNT, 'news', 'wrong'],
];

/** Sends them, and calls of REST. */
async function call(url) {
  for (const [operation, account, entitlement, password] of CALLS) {
    const body = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
      <${operation} xmlns="http://soap.vindicia.com/v22_0/Account">
      <auth xmlns=""><version>22.0</version><login>demo</login><password>${password}</password></auth>
      <account xmlns=""><merchantAccountId>${account}</merchantAccountId></account>
      <merchantEntitlementId xmlns="">${entitlement}</merchantEntitlementId>
      </${operation}></soap:Body></soap:Envelope>`;
    const headers = { 'Content-Type': 'text/xml; charset=utf-8' };
    await globalThis.fetch(`${url}/soap.pl`, { method: 'POST', headers, body });
  }
  for (const path of ['users/list', `access?account=${ACCOUNT}`, 'access?account=nobody']) {
    await globalThis.fetch(`${url}/v1/${path}`, { headers: { 'X-API-KEY': 'lk_demo' } });
  }
}

/** Takes pictures of a server. */
async function take(browser, url, pictures) {
  for (const [name, path, look, open] of pictures) {
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
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    // The feed never ends, and what a screen asks for comes soon.
    await page.waitForTimeout(1000);
    while ((await page.getByText('Loading…').count()) > 0) {
      await page.getByText('Loading…').first().waitFor({ state: 'detached' });
    }
    if (open) await open(page);
    // A dialog covers the window alone.
    const isWhole = !/narrow|docs|index|act$/.test(name);
    await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: isWhole });
    await context.close();
  }
}

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const servers = [];
try {
  mkdirSync(FOLDER, { recursive: true });
  const demo = await start('demo', /a year of demo data was written/);
  servers.push(demo);
  await call(demo.url);
  await take(browser, demo.url, PICTURES);
  const simulation = await start('simulation', /./, '--simulate');
  servers.push(simulation);
  await take(browser, simulation.url, SIMULATED);
} finally {
  await browser.close();
  for (const { end } of servers) end();
  rmSync(folder, { recursive: true });
}
