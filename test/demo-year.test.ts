/** The demo's year: what is there to look at, the same each time, and right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey, startServe } from './harness/run-latchkey';

const HEADERS = { 'X-API-KEY': 'lk_demo' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Lines of JSON. */
const json = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A server's first start with the demo data, all of which is written once it has stopped. */
async function makeDemo(name: string): Promise<string> {
  const database = join(folder, name);
  const server = startServe(database, '--demo');
  const [, url = ''] = await server.until(/"url":"([^"]+)"/);
  // The small demo is there from the first moment on.
  const access = await fetch(`${url}/v1/access?account=xyz123`, { headers: HEADERS });
  expect([(await fetch(`${url}/readyz`)).status, access.status]).toEqual([200, 200]);
  await server.until(/a year of demo data was written/);
  await server.stop();
  return database;
}

test('a few dozen accounts, with every kind of change, and nothing that a check finds', async () => {
  const database = await makeDemo('a.db');
  const { stdout } = await runLatchkey(database, 'check', '--json');
  expect(json(stdout)).toMatchObject([{ findings: 0 }]);
  const accounts = json((await runLatchkey(database, 'account', 'list', '--json')).stdout);
  expect(accounts).toHaveLength(3 + 36);
  const lines = json((await runLatchkey(database, 'ledger', '--json')).stdout);
  const kinds = new Set(lines.map(({ action, reason }) => `${String(action)} ${String(reason)}`));
  for (const kind of [
    ...['grant undefined', 'extend undefined', 'revoke undefined', 'expire undefined'],
    ...['revoke refunded', 'revoke payment_failed', 'restore payment_succeeded'],
    ...['grant subscription_started', 'revoke subscription_cancelled'],
  ]) {
    expect([...kinds]).toContain(kind);
  }
  const moments = lines.map(({ at }) => Date.parse(String(at)));
  const days = (Math.max(...moments) - Math.min(...moments)) / 86_400_000;
  expect(days).toBeGreaterThan(340);
  expect(Math.max(...moments)).toBeLessThanOrEqual(Date.now());
}, 120_000);

test('the same accounts and ids each time', async () => {
  const shown = async (name: string) => {
    const list = await runLatchkey(await makeDemo(name), 'account', 'list', '--json');
    return json(list.stdout)
      .slice(3)
      .map(({ merchantAccountId, VID }) => [merchantAccountId, VID]);
  };
  expect(await shown('b.db')).toEqual(await shown('c.db'));
}, 120_000);
