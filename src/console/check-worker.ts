/** Checks a database on a thread of its own, so that no call waits for it, and reports how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ConnectionSettings, Finding } from '../store/database';
import { findDatabase } from '../store/open';

/** What is to be checked. */
export interface CheckOrder {
  readonly database: string;
  readonly settings: ConnectionSettings;
  /** How many findings are kept. */
  readonly most: number;
}

/** What the thread reports. */
export type CheckReport =
  | { readonly progress: { readonly what: string; readonly done: number; readonly of: number } }
  | { readonly finding: Finding }
  | { readonly checked: { readonly entitlements: number; readonly ledgerLines: number } };

async function check({ database, settings, most }: CheckOrder): Promise<void> {
  const report = (said: CheckReport) => parentPort?.postMessage(said);
  let findings = 0;
  const checked = await findDatabase(database, settings).check?.(
    (found) => {
      // One more says that there are more: the server keeps no others, and they would wait in its memory.
      for (const finding of found.slice(0, most + 1 - findings)) report({ finding });
      findings = Math.min(most + 1, findings + found.length);
    },
    (what, done, of) => report({ progress: { what, done, of } }),
  );
  if (!checked) throw new Error('this database has no check');
  report({ checked });
}

void check(workerData as CheckOrder);
