/** Checks a database on a thread of its own, so that no call waits for it, and reports how far it is. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ConnectionSettings, Finding } from '../store/database';
import { findDatabase } from '../store/open';

/** What is to be checked. */
export interface CheckOrder {
  readonly database: string;
  readonly settings: ConnectionSettings;
}

/** What the thread reports. */
export type CheckReport =
  | { readonly progress: { readonly what: string; readonly done: number; readonly of: number } }
  | { readonly finding: Finding }
  | { readonly checked: { readonly entitlements: number; readonly ledgerLines: number } };

function check({ database, settings }: CheckOrder): void {
  const report = (said: CheckReport) => parentPort?.postMessage(said);
  const checked = findDatabase(database, settings).check?.(
    (finding) => report({ finding }),
    (what, done, of) => report({ progress: { what, done, of } }),
  );
  if (!checked) throw new Error('this database has no check');
  report({ checked });
}

check(workerData as CheckOrder);
