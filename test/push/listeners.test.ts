/**
 * The listeners of the examples, in PHP and Python, as they run at a merchant's: they check the signature in their own
 * way, and keep a copy of access, which is the access that there is after a random walk.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Walk } from '../auto-bills/walk';
import { EXAMPLES, isInstalled, testWith } from '../clients/scenario';
import { createRandom } from '../delta/random-walk';
import { freePort } from '../harness/free-port';
import { startPost } from './post';
import { type PushShop, startPushShop } from './push-shop';

const KEY = 'a key that listeners know/+=';
const STEPS = 40;

let folder: string;
let shop: PushShop;
let listener: ChildProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-listener-'));
  shop = await startPushShop({ settings: { timeZone: 'UTC' } });
});
afterEach(async () => {
  listener?.kill();
  await shop.stop();
  rmSync(folder, { recursive: true });
});

/** What an account holds, once for each source. */
async function truth(): Promise<string[]> {
  const now = shop.store.now();
  const rows = await shop.ask(
    `SELECT account.merchant_account_id || ' ' || merchant_entitlement_id AS held
     FROM entitlement JOIN account ON account.id = entitlement.account_id
     WHERE entitlement.merchant_id = 1 AND start_at <= ${now}
       AND (end_at IS NULL OR end_at > ${now})`,
  );
  return rows.map(({ held }) => String(held)).sort();
}

/** Runs a listener until it prints that it listens. */
async function start(port: number, command: string, ...args: string[]): Promise<string> {
  const file = join(folder, 'access');
  const env = { ...process.env, LATCHKEY_PUSH_KEY: KEY, LATCHKEY_PUSH_FILE: file };
  listener = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // PHP says so on standard error.
  const { stdout, stderr } = listener;
  if (stdout && stderr) await Promise.race([once(stdout, 'data'), once(stderr, 'data')]);
  return `http://127.0.0.1:${port}/`;
}

async function walkWith(url: string, format: 'json' | 'form', read: () => string[]) {
  const settings = { class: 'entitlement', skip: [], coalesce: false, retries: 0, interval: 1 };
  await shop.store.transact(1, async ({ webhooks }) =>
    webhooks.insert({
      ...{ endpointId: '1'.repeat(40), kind: 'push', format, url, private: true, settings },
      ...{ secrets: { signing: [{ value: KEY }] }, createdAt: 0, createdBy: 'me', cursor: 0 },
    }),
  );
  const post = startPost(shop.store);
  const walk = new Walk(shop, createRandom(7));
  await walk.prepare();
  for (let step = 0; step < STEPS; step += 1) {
    await walk.step();
    await shop.passTo(walk.now);
    if (step % 10 !== 9) continue;
    await post.send();
    expect([walk.done, read()]).toEqual([walk.done, await truth()]);
  }
  const { webhooks } = shop.store.reader(1);
  expect(await webhooks.listDeliveries({ endpoint: 1, state: 'failed', limit: 1 })).toEqual([]);
  // Once more, as after answers that were lost: nothing changes.
  await shop.store.transact(1, async (unit) => unit.webhooks.rewind(1, 0));
  await post.send();
  expect(read()).toEqual(await truth());
  await post.stop();
}

const testPhp = testWith(isInstalled(['php', '-v']), 'php-cli');
testPhp('PHP: fields of a form, and a copy in a JSON file', async () => {
  const port = await freePort();
  const script = join(EXAMPLES, 'php', 'push-listener.php');
  const url = await start(port, 'php', '-S', `127.0.0.1:${port}`, script);
  const wrong = await fetch(url, { method: 'POST', body: new URLSearchParams({ json: '{}' }) });
  expect(wrong.status).toBe(403);
  await walkWith(url, 'form', () => {
    const text = readFileSync(join(folder, 'access'), 'utf8');
    const { access } = JSON.parse(text) as { access: Record<string, string> };
    const names = Object.keys(access).map((key) => key.split(' ').slice(0, 2));
    return names.map((parts) => parts.map(decodeURIComponent).join(' ')).sort();
  });
});

const testPython = testWith(isInstalled(['python3', '-V']), 'python3');
testPython('Python: JSON that it writes again, and a copy in SQLite', async () => {
  const port = await freePort();
  const script = join(EXAMPLES, 'python-push', 'push_listener.py');
  const file = join(folder, 'copy.db');
  const url = await start(port, 'python3', script, file, String(port));
  expect((await fetch(url, { method: 'POST', body: '{"header":{}}' })).status).toBe(403);
  const query =
    'import sqlite3,sys\n' +
    `for row in sqlite3.connect(sys.argv[1]).execute("SELECT account || ' ' || entitlement FROM access"): print(*row)`;
  await walkWith(url, 'json', () =>
    execFileSync('python3', ['-c', query, file], { encoding: 'utf8' }).trim().split('\n').sort(),
  );
});
