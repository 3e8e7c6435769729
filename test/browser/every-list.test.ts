/** The lists that support seldom sees: those of operators, admins and testers. No list of the console is without files. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { openDatabase } from '../store/sqlite/database';
import { type Stage, startStage } from './browser';
import { saveAll } from './files';
import { dialogWith, navigation, rows, signIn } from './pages';

const DAY = 86_400_000;

const DEMO = { login: 'demo', password: 'demo' };

/** Those that lists.test.ts saves. */
const ELSEWHERE = [
  'Found',
  'Access now',
  'Ledger',
  'Offers of the order',
  'Access by the order',
  'Changes',
  'What it changed',
  'Requests',
  'Near misses',
  'Objections',
];

/** The titles of those that were saved, with a row or more. */
const saved = new Set(ELSEWHERE);

const AT_ONCE = () => Promise.resolve<undefined>(undefined);

/** An endpoint that takes nothing, and says so to each request once it may. */
let endpoint: Server;
let mayAnswer: () => Promise<undefined> = AT_ONCE;
let stage: Stage | undefined;

beforeAll(async () => {
  endpoint = createServer((request, response) => {
    request.resume();
    void mayAnswer().then(() => response.writeHead(500).end('not now'));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await stage?.end();
  stage = undefined;
  mayAnswer = AT_ONCE;
});
afterAll(() => endpoint.close());

const address = () => `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;

/** A call of the page's own, by the session of the person. */
async function send(page: Page, method: string, path: string, body: object): Promise<void> {
  const headers = {
    'Content-Type': 'application/json',
    'X-Latchkey-Console': '1',
    'X-Latchkey-Merchant': 'demo',
  };
  const init = JSON.stringify({ method, headers, body: JSON.stringify(body) });
  const status = await page.evaluate<number>(
    `fetch(${JSON.stringify(path)}, ${init}).then(({ status }) => status)`,
  );
  expect([path, Math.floor(status / 100)]).toEqual([path, 2]);
}

/** Opens a screen, and saves the lists that it shows once some are there. */
async function saveOn(page: Page, path: string, ...titles: string[]): Promise<void> {
  await page.goto(`/console/m/demo${path}`);
  await saveShown(page, ...titles);
}

async function saveShown(within: Page | Locator, ...titles: string[]): Promise<void> {
  for (const title of titles) await within.getByRole('table', { name: title }).waitFor();
  const page = 'page' in within ? within.page() : within;
  const files = await saveAll(page, within);
  for (const title of titles) {
    expect([title, files[title]]).not.toEqual([title, 0]);
    expect(Object.keys(files)).toContain(title);
    saved.add(title);
  }
}

async function enter(...args: string[]): Promise<{ page: Page; complaints: readonly string[] }> {
  stage = await startStage('--webhook-private', 'allow', ...args);
  const opened = await stage.open('desktop');
  await opened.page.goto('/console/m/demo');
  await signIn(opened.page);
  await navigation(opened.page).waitFor();
  return opened;
}

test('accounts, calls, catalogue, settings, a webhook, a check that finds something', async () => {
  const { page, complaints } = await enter();
  const { url = '', database = '' } = stage ?? {};
  const named = (part: string, name: string) =>
    `<${part}><merchantAccountId>${name}</merchantAccountId></${part}>`;
  for (const child of ['child-1', 'child-2']) {
    await callAccount(url, 'update', named('account', child), DEMO);
    await callAccount(url, 'addChildren', named('parent', 'abc456') + named('child', child), DEMO);
  }
  await callAccount(url, 'update', named('account', 'old-1'), DEMO);
  const both = named('sourceAccount', 'old-1') + named('targetAccount', 'abc456');
  await callAccount(url, 'transfer', both, DEMO);
  await saveOn(page, '/accounts/abc456', 'Family', 'Merged into this account');
  await saveOn(page, '/accounts/jon.archer', 'Orders', 'AutoBills');
  await saveOn(page, '/calls', 'Calls');
  await saveOn(page, '/catalogue/offers', 'Offers');
  await saveOn(page, '/catalogue/products', 'Products');
  await saveOn(page, '/catalogue/plans', 'Billing plans');
  await saveOn(page, '/settings/keys', 'API keys');
  await saveOn(page, '/settings/people', 'People');
  await saveOn(page, '/settings/merchants', 'Merchants');
  await saveOn(page, '/settings/versions', 'Versions');
  // Real work is over before anybody has looked.
  const work = { kind: 'product', name: 'newspaper', actor: 'demo', done: 5, total: 10 };
  const begun = new Date().toISOString();
  await page.route('**/v1/work', (route) => route.fulfill({ json: [{ ...work, begun }] }));
  await saveOn(page, '/settings/health', 'Work in the background');

  await send(page, 'POST', '/v1/webhooks', { url: address() });
  await saveOn(page, '/events/webhooks', 'Webhooks');
  await rows(page, 'Webhooks').getByRole('link').click();
  const [first, later] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const attempts = [first.promise];
  // The next attempt, seconds later, ends when both files are there: they would have other rows.
  mayAnswer = () => attempts.shift() ?? later.promise;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await saveShown(page, 'Messages');
  await page.getByRole('button', { name: 'Attempts' }).click();
  // What is open shows the attempt once there is one.
  await page.getByRole('dialog').getByText('It was not tried yet.').waitFor();
  first.resolve(undefined);
  await saveShown(page.getByRole('dialog'), 'Attempts');
  later.resolve(undefined);

  const file = openDatabase(database);
  file.exec("UPDATE entitlement SET end_at = 5 WHERE merchant_entitlement_id = 'archive'");
  file.close();
  await page.goto('/console/m/demo/settings/check');
  await page.getByRole('button', { name: 'Check the database' }).click();
  await saveShown(page, 'Findings');
  expect(complaints).toEqual([]);
}, 240_000);

test('of a simulation: faults, snapshots, what time brings, messages that failed', async () => {
  const { page, complaints } = await enter('--simulate');
  await send(page, 'POST', '/v1/push', { url: address(), class: 'entitlement' });
  await saveOn(page, '/events/push', 'Push notifications');
  const parts =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<entitlement><merchantEntitlementId>pushed</merchantEntitlementId>' +
    `<endTimestamp>${new Date(Date.now() + 10 * DAY).toISOString()}</endTimestamp></entitlement>`;
  await callAccount(stage?.url ?? '', 'grantEntitlement', parts, DEMO);
  await saveOn(page, '/events', 'Events');
  await page.goto('/console/m/demo/simulation/clock');
  await page.getByRole('button', { name: 'A month on' }).click();
  await saveShown(page, 'What happened');
  await page.getByLabel('Name').fill('before');
  await page.getByRole('button', { name: 'Keep as a snapshot' }).click();
  await saveShown(page, 'Snapshots');
  await page.goto('/console/m/demo/events/push');
  await rows(page, 'Push notifications').getByRole('link').click();
  await saveShown(page, 'Messages that failed');
  await saveOn(page, '', 'Endpoints in trouble');
  await page.goto('/console/m/demo/simulation/faults');
  await page.getByRole('button', { name: 'Add a fault' }).click();
  const dialog = dialogWith(page, 'Add a fault');
  await dialog.getByLabel('Code').fill('500');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await saveShown(page, 'Faults');
  expect(complaints).toEqual([]);
}, 240_000);

test('each list that there is was saved', () => {
  const sources = readdirSync(join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => readFileSync(join(ROOT, 'web', name), 'utf8'));
  const titles = sources.flatMap((text) =>
    [...text.matchAll(/<(?:Paged|Whole)List(?:<\w+>)?\s+title="([^"]+)"/g)].map(
      ([, title]) => title,
    ),
  );
  const uses = sources.join('').match(/<(?:Paged|Whole)List[\s<](?!Row)/g) ?? [];
  expect(titles).toHaveLength(uses.length);
  expect([...new Set(titles)].filter((title) => !saved.has(title ?? ''))).toEqual([]);
});
