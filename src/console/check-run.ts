/** The check of the database, one at a time, and what it has found so far. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { PACKAGE_ROOT } from '../base/package';
import { conflict } from '../base/refusal';
import type { Time } from '../base/time';
import type { ConnectionSettings, Finding } from '../store/database';
import { findDatabase } from '../store/open';
import type { CheckOrder, CheckReport } from './check-worker';

/** Built; what runs from its sources has it there, too. */
const WORKER = join(PACKAGE_ROOT, 'dist', 'src', 'console', 'check-worker.js');

/** The most findings that are kept. */
export const MOST_FINDINGS = 1000;

/** How a check goes, or went. Moments are UTC milliseconds. */
export interface CheckState {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** `done` of `of` steps. */
  readonly progress?: { readonly what: string; readonly done: number; readonly of: number };
  readonly entitlements?: number;
  readonly ledgerLines?: number;
  readonly findings: readonly Finding[];
  /** Whether there are more of them. */
  readonly isCut: boolean;
}

/** The parts that a check needs. */
export interface CheckParts {
  readonly settings: ConnectionSettings & { readonly database: string };
  readonly time: Pick<Time, 'now'>;
  readonly logger: Logger;
  /** Aborted when the server is to end: so does the check. */
  readonly stopping?: AbortSignal | undefined;
}

export const alreadyRuns = () => conflict('A check is running; its outcome is shown here.');
export const inMemory = () =>
  conflict(
    'The database lies in memory, where only the server itself can read it: start the server with a file to check it.',
  );
export const notChecked = (instead: string) =>
  conflict(`This database is not checked here: ${instead}.`);

const NONE: CheckState = { state: 'none', findings: [], isCut: false };

/** Runs checks. */
export class CheckRun {
  private current: CheckState = NONE;

  constructor(private readonly parts: CheckParts) {}

  /** The last one that was started by this process. */
  get state(): CheckState {
    return this.current;
  }

  /** @throws Refusal 409 while one runs, or where the database cannot be checked beside its server */
  start(): CheckState {
    if (this.current.state === 'running') throw alreadyRuns();
    const { settings, time, stopping } = this.parts;
    const { kept, check, instead } = findDatabase(settings.database, settings);
    if (!kept) throw inMemory();
    if (!check) throw notChecked(instead?.check ?? 'its own tools do it');
    const { databaseWriters, databaseReaders, databaseWait, databasePooler } = settings;
    const order: CheckOrder = {
      database: settings.database,
      settings: { databaseWriters, databaseReaders, databaseWait, databasePooler },
      most: MOST_FINDINGS,
    };
    const worker = new Worker(WORKER, { workerData: order });
    // A program that the server is part of need not wait for it.
    worker.unref();
    const end = () => void worker.terminate();
    stopping?.addEventListener('abort', end);
    this.current = { state: 'running', startedAt: time.now(), findings: [], isCut: false };
    worker.on('message', (report: CheckReport) => this.take(report));
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => {
      stopping?.removeEventListener('abort', end);
      if (this.current.state === 'running') this.fail(new Error('the check ended early'));
    });
    return this.current;
  }

  private take(report: CheckReport): void {
    const { findings } = this.current;
    if ('progress' in report) this.current = { ...this.current, progress: report.progress };
    else if ('checked' in report) this.finish('done', report.checked);
    else if (findings.length === MOST_FINDINGS) this.current = { ...this.current, isCut: true };
    else this.current = { ...this.current, findings: [...findings, report.finding] };
  }

  private fail(error: unknown): void {
    this.parts.logger.error({ err: error }, 'the check of the database failed');
    this.finish('failed', {});
  }

  private finish(
    state: 'done' | 'failed',
    counted: Pick<CheckState, 'entitlements' | 'ledgerLines'>,
  ): void {
    const { startedAt = 0, findings, isCut } = this.current;
    const finishedAt = this.parts.time.now();
    this.current = { state, startedAt, finishedAt, findings, isCut, ...counted };
  }
}
