/**
 * Carries out lines, each a change of one entitlement: those that came together as one unit of work, so that any number
 * of them takes no more memory than a few hundred.
 * Decided: docs/decisions/entitlement-batches.md
 */
import { toIso } from '../base/iso';
import { Refusal } from '../base/refusal';
import { isActive } from '../entitlements/entitlement';
import {
  type CompleteChange,
  type Find,
  foreseeChange,
  type ForeseenChange,
  keepChange,
  requireComplete,
} from '../grants/change-grant';
import type { Work } from '../base/work';
import { ApiError, type ErrorBody, internalError, toApiError } from '../rest/api-error';
import { checkLine, type Line } from '../rest/lines';
import { ok } from '../rest/ok';
import type { EntitlementKey, Reader, StoredEntitlement, UnitOfWork } from '../store/store';
import { keepAnswer } from './answer-once';
import { BatchLine, type BatchResult, toChange } from './batch-lines';
import { type BatchContext, toRefusal } from './context';

/** How lines are to be carried out. */
export interface BatchOptions {
  /** Whether nothing is changed, and the results say what would be. */
  readonly dryRun: boolean;
  /** Names the batch: a line that was carried out under it already gets its result, and changes nothing. */
  readonly key: string | undefined;
}

/** The result of a line, and whether it was carried out before. */
export interface LineDone {
  readonly result: BatchResult;
  readonly isRepeat: boolean;
}

/**
 * The results of lines, in their order. It ends before them where the store cannot work: after a result of 503.
 * @throws what is unforeseen, after a result of 500
 */
export async function* carryOutLines(
  { lines, look, change }: BatchContext,
  { dryRun, key }: BatchOptions,
): AsyncGenerator<readonly LineDone[]> {
  if (dryRun) {
    const trial = new Trial();
    for await (const group of lines) {
      yield await look((reader, work) => each(group, (line) => trial.carryOut(reader, work, line)));
    }
    return;
  }
  for await (const group of lines) {
    const together = (some: readonly Line[]) =>
      change((unit, work) =>
        each(some, async (line) => {
          await unit.pause();
          return carryOutLine(unit, work, line, key);
        }),
      );
    for await (const { done, failure } of inUnits(group, together)) {
      yield done;
      if (failure instanceof Refusal) return;
      if (failure) throw failure;
    }
  }
}

async function each<T>(lines: readonly Line[], carryOut: (line: Line) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (const line of lines) done.push(await carryOut(line));
  return done;
}

interface UnitDone {
  readonly done: readonly LineDone[];
  /** Why nothing comes after it. */
  readonly failure?: Error;
}

/** Carries lines out in one unit of work; where that fails, each in one of its own: one line must not undo others. */
async function* inUnits(
  lines: readonly Line[],
  together: (lines: readonly Line[]) => Promise<LineDone[]>,
): AsyncGenerator<UnitDone> {
  let error: unknown;
  try {
    yield { done: await together(lines) };
    return;
  } catch (thrown) {
    error = thrown;
  }
  for (const line of lines) {
    try {
      if (lines.length === 1) throw error;
      yield { done: await together([line]) };
    } catch (thrown) {
      const failure = toRefusal(thrown) as Error;
      yield { done: [refused(line, toError(failure))], failure };
      return;
    }
  }
}

function toError(failure: Error): ApiError {
  return failure instanceof Refusal ? toApiError(failure) : internalError(failure);
}

/** Carries out one line within a unit of work. A refusal comes before anything is written. */
function carryOutLine(
  unit: UnitOfWork,
  work: Work,
  line: Line,
  key: string | undefined,
): Promise<LineDone> {
  return answering(line, async () => {
    const change = readChange(line, work);
    const carryOut = async () => {
      const foreseen = await foreseeChange(unit, change, work.now);
      await keepChange(unit, work, foreseen);
      return present(foreseen, work.now);
    };
    if (key === undefined) return { answer: ok(await carryOut()), isRepeat: false };
    const request = { key: `${key}\n${line.line}`, of: ['entitlements:batch', line.content] };
    return keepAnswer(unit, request, carryOut);
  });
}

/** Finds out what lines would do, each as if those before it had been carried out. */
class Trial {
  /** By account and entitlement; of the last that lines would change. */
  private readonly states = new Map<string, StoredEntitlement>();

  carryOut(reader: Reader, work: Work, line: Line): Promise<LineDone> {
    return answering(line, async () => {
      const change = readChange(line, work);
      const find: Find = (accountId, key) =>
        this.states.get(nameOf(accountId, key)) ?? reader.findEntitlement(accountId, key);
      const foreseen = await foreseeChange(reader, change, work.now, find);
      this.remember(foreseen);
      await reader.pause();
      return { answer: ok(present(foreseen, work.now)), isRepeat: false };
    });
  }

  private remember({ account, key, after }: ForeseenChange): void {
    const name = nameOf(account.id, key);
    this.states.delete(name);
    this.states.set(name, { ...key, ...after });
    const [oldest] = this.states.keys();
    if (this.states.size > MOST_FORESEEN && oldest !== undefined) this.states.delete(oldest);
  }
}

/** The most states that a dry run remembers: one that was changed longer ago counts as it is. */
const MOST_FORESEEN = 10_000;

function nameOf(accountId: number, { merchantEntitlementId }: EntitlementKey): string {
  return `${accountId}\n${merchantEntitlementId}`;
}

/** @throws ApiError or Refusal where the line cannot be what it should */
function readChange(line: Line, { timeZone }: Work): CompleteChange {
  const change = toChange(checkLine(line, BatchLine), timeZone);
  requireComplete(change);
  return change;
}

type Presented = Omit<BatchResult, 'line' | 'status'>;

function present({ account, key, after }: ForeseenChange, now: number): Presented {
  const { VID, merchantAccountId } = account;
  return {
    VID,
    merchantAccountId,
    merchantEntitlementId: key.merchantEntitlementId,
    startTimestamp: toIso(after.start),
    endTimestamp: toIso(after.end),
    active: isActive(after, now),
  };
}

/** The result of a line whose answer may be kept, or that is refused. */
async function answering(
  line: Line,
  carryOut: () => ReturnType<typeof keepAnswer<Presented>>,
): Promise<LineDone> {
  try {
    const { answer, isRepeat } = await carryOut();
    return { result: toResult(line, answer), isRepeat };
  } catch (error) {
    if (error instanceof Refusal) return refused(line, toApiError(error));
    if (error instanceof ApiError) return refused(line, error);
    throw error;
  }
}

function refused(line: Line, error: ApiError): LineDone {
  const answer = { status: error.statusCode, body: error.toBody() };
  return { result: toResult(line, answer), isRepeat: false };
}

/** An answer as one of the lines of the answer: its errors say their status once. */
function toResult(
  { line }: Line,
  { status, body }: { readonly status: number; readonly body: Presented | ErrorBody },
): BatchResult {
  if (!('statusCode' in body)) return { line, status, ...body };
  const { error, message } = body;
  return { line, status, error, message };
}
