/**
 * The server under load while garbage is collected again and again. A native module that does not fit its
 * Node.js ends the process when a statement or a connection is collected.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDatabase, runCheck, startServerProcess } from '../harness/server-process';
import { SEED } from '../harness/seed';
import { callAccount } from '../harness/soap-call';

const CALLS = 20_000;
/** Calls under way at any time, each on an entitlement of its own. */
const CALLERS = 16;
/** One call of these changes something, the others are look-ups. */
const CALLS_A_CHANGE = 10;

const ACCOUNT = '<account><merchantAccountId>alan-1912</merchantAccountId></account>';

async function callOften(url: string, caller: number): Promise<number> {
  const id = `<merchantEntitlementId>caller-${caller}</merchantEntitlementId>`;
  let answered = 0;
  for (let call = 0; call < CALLS / CALLERS; call++) {
    const { returnCode } =
      call % CALLS_A_CHANGE === 0
        ? await callAccount(url, 'grantEntitlement', `${ACCOUNT}<entitlement>${id}</entitlement>`)
        : await callAccount(url, 'isEntitled', ACCOUNT + id);
    if (returnCode === '200') answered += 1;
  }
  return answered;
}

test(`${CALLS} calls while garbage is collected again and again: every one is answered`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const database = join(folder, 'test.db');
  try {
    await makeDatabase(database, SEED);
    const flags = ['--expose-gc', '--require', join(__dirname, 'collect-often.cjs')];
    const server = await startServerProcess(database, { LATCHKEY_LOG_LEVEL: 'info' }, flags);
    const callers = Array.from({ length: CALLERS }, (_, caller) => callOften(server.url, caller));
    const answered = await Promise.all(callers);
    expect(answered.reduce((sum, count) => sum + count)).toBe(CALLS);
    expect(server.alive()).toBe(true);
    await server.end('SIGTERM');
    expect(await runCheck(database)).toContain('nothing is wrong');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 600_000);
