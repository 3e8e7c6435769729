/** Measures one attack: on a server and a database of its own, beside honest clients. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { logOf, startOn } from '../contestant';
import { seed } from '../seed';
import type { Attack } from './attack';
import { attackBy } from './attacker';
import { type Noticed, startOthers } from './others';

/** What others noticed, and what it cost. Times in milliseconds, sizes in bytes. */
export interface Effect extends Noticed {
  readonly worstTurn: number;
  readonly worstWork: number;
  readonly memoryBefore: number;
  readonly memoryPeak: number;
  readonly memoryAfter: number;
  /** What the server wrote into its log during the attack and after it. */
  readonly logged: number;
  /** In the attack's own words. */
  readonly outcome: string;
}

/** How long the honest clients are alone before the attack and after it, in milliseconds. */
const BEFORE = 2000;
const AFTER = 10_000;

/** @throws Error when the server ended */
export async function measure(attack: Attack): Promise<Effect> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-hostile-'));
  const database = join(folder, 'latchkey.db');
  await seed(database);
  await attack.prepare?.(database);
  const server = await startOn('latchkey', database, 'info', { flags: attack.flags ?? [] });
  const { endpoint } = server;
  const endOthers = startOthers(endpoint);
  try {
    await setTimeout(BEFORE);
    const before = await server.vitals();
    const logged = statSync(logOf(database)).size;
    server.watch();
    const outcome = await attackBy(attack, { endpoint, url: new URL(endpoint).origin, database });
    await setTimeout(AFTER);
    const after = await server.vitals();
    return {
      ...(await endOthers()),
      worstTurn: after.worstTurn,
      worstWork: after.worstWork,
      memoryBefore: before.resident,
      memoryPeak: after.peak,
      memoryAfter: after.resident,
      logged: statSync(logOf(database)).size - logged,
      outcome,
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}
