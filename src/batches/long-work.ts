/**
 * Work on as many rows as a tenant has: begun by a call, carried on in batches that are units of work
 * of their own. Knows nothing of what a visit does.
 * Decided: docs/decisions/work.md
 */
import { pagesOf } from '../base/pages';
import type { Work, WorkTools } from '../base/work';
import type { LongWork, WorkRange } from '../store/long-work';
import type { UnitOfWork } from '../store/store';
import type { Extent, Walk } from '../store/walk';

/** One kind of long work. */
export interface WorkKind {
  /** As lists show it, and as it is kept. */
  readonly name: string;
  /** What a visit costs, in changes of an entitlement, beside those that it makes. */
  readonly weight: number;
  /** The rows of a subject. @param detail of the work, or of the range that is gone on with */
  readonly walk: (unit: UnitOfWork, detail: string | undefined) => Walk;
  /** Does what is to be done with one row, which may be gone or done already. */
  readonly visit: (unit: UnitOfWork, work: Work, row: number, about: About) => Promise<void>;
  /** The details of two calls about one subject, for what is still to be visited; default: the first call's stays. */
  readonly joined?: (first: string | undefined, second: string | undefined) => string | undefined;
  /** Whether whatever changes a subject next brings about what is left of this; default: it doesn't. */
  readonly isSuperseded?: boolean;
  /** Called once all rows of a work that was left to the background are done, in the unit of work of the last of them. */
  readonly ended?: (unit: UnitOfWork, work: Work, about: About) => Promise<void>;
}

/** The object of a visit. */
export interface About extends Pick<LongWork, 'subject' | 'name'> {
  readonly detail: string | undefined;
}

/** The most that one batch costs, in changes of an entitlement: some tens of milliseconds. */
export const MOST_OF_BATCH = 1000;

/** The most that one unit of work does at once of all the work that it begins. */
const MOST_OF_UNIT = 10 * MOST_OF_BATCH;

/** What units of work have done of the work that they began, in changes of an entitlement. */
const doneBy = new WeakMap<UnitOfWork, number>();

/**
 * Begins work on all rows that a subject has now. What fits into one batch is done at once, as long as the unit of
 * work hasn't done ten batches; the rest is left to the background. Work on the same subject that isn't finished goes on as this call's: a row that is
 * still to be visited is visited once, with what was kept of the state before the first change.
 */
export async function beginWork(
  unit: UnitOfWork,
  work: Work,
  kind: WorkKind,
  about: About,
): Promise<void> {
  const { subject, name, detail } = about;
  const known = (await unit.longWork.hasAny())
    ? await unit.longWork.findOf(kind.name, subject)
    : undefined;
  const { total, last } = await extentOf(unit, kind, about);
  if (!known) {
    const whole = { after: 0, until: last, turn: 0, detail };
    const done = doneBy.get(unit) ?? 0;
    const changes = unit.changes;
    const room = Math.min(MOST_OF_BATCH, MOST_OF_UNIT - done);
    const { visited, rest } = await visitSome(unit, work, kind, { ...about, range: whole, room });
    doneBy.set(unit, done + kind.weight * visited + unit.changes - changes);
    if (!rest) return;
    const { actor, callId, now: begunAt } = work;
    const begun = { kind: kind.name, subject, name, actor, callId, begunAt };
    const id = await unit.longWork.insert(Object.assign(begun, { done: visited, total }));
    await unit.longWork.insertRange(id, rest);
    return;
  }
  if (kind.joined) await joinDetails(unit, known.id, kind.joined, detail);
  const turn = (await unit.longWork.lastTurn(known.id)) + 1;
  for await (const gap of gapsOf(unit, known.id, last)) {
    await unit.longWork.insertRange(known.id, { ...gap, turn, detail });
  }
  const { actor, callId, now: begunAt } = work;
  const begun = { actor, callId, begunAt, done: 0, total };
  await unit.longWork.update(Object.assign({}, known, begun));
}

/** The rows that are counted at once, and what that costs in changes of an entitlement. */
const COUNTED = 10_000;
const COUNTING = 100;

/** All rows of a subject. */
async function extentOf(
  unit: UnitOfWork,
  kind: WorkKind,
  { subject, detail }: About,
): Promise<Extent> {
  const walk = kind.walk(unit, detail);
  let total = 0;
  let last = 0;
  for (;;) {
    const part = await walk.extent(subject, { after: last, limit: COUNTED });
    total += part.total;
    last = part.last || last;
    if (part.total < COUNTED) return { total, last };
    await unit.pause(COUNTING);
  }
}

/** What a work's ranges look for is what a later call does, too. */
async function joinDetails(
  unit: UnitOfWork,
  work: number,
  joined: NonNullable<WorkKind['joined']>,
  detail: string | undefined,
): Promise<void> {
  for await (const ranges of rangesOf(unit, work)) {
    for (const range of ranges) {
      await unit.longWork.deleteRange(work, range.after);
      await unit.longWork.insertRange(work, { ...range, detail: joined(range.detail, detail) });
    }
  }
}

function rangesOf(unit: UnitOfWork, work: number): AsyncGenerator<WorkRange[]> {
  const read = (range: WorkRange | undefined, limit: number) =>
    unit.longWork.listRanges(work, range, limit);
  return pagesOf<WorkRange>(read, (rows) => unit.pause(rows));
}

/**
 * What no range of a work covers, from the first row to the last. Calls that did rows' shares may have left any number
 * of ranges. One that is added for a gap lies before those that are read after it.
 */
async function* gapsOf(
  unit: UnitOfWork,
  work: number,
  last: number,
): AsyncGenerator<Pick<WorkRange, 'after' | 'until'>> {
  let reached = 0;
  for await (const ranges of rangesOf(unit, work)) {
    for (const { after, until } of ranges) {
      if (after > reached) yield { after: reached, until: after };
      reached = Math.max(reached, until);
    }
  }
  if (last > reached) yield { after: reached, until: last };
}

/** Finishes work on a subject within a unit, however long it takes. */
export async function finishWork(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  subject: number,
): Promise<void> {
  while (await finishSome(unit, tools, kind, subject));
}

/** Does one batch of unfinished work on a subject. @returns whether something is left of it */
export async function finishSome(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  subject: number,
): Promise<boolean> {
  const known = (await unit.longWork.hasAny())
    ? await unit.longWork.findOf(kind.name, subject)
    : undefined;
  return known !== undefined && carryOn(unit, tools, new Map([[kind.name, kind]]), known.id);
}

/** Does one batch of unfinished work, as its author. @returns whether something is left of it */
export async function carryOn(
  unit: UnitOfWork,
  tools: WorkTools,
  kinds: ReadonlyMap<string, WorkKind>,
  id: number,
): Promise<boolean> {
  const known = await unit.longWork.find(id);
  if (!known) return false;
  const kind = kinds.get(known.kind);
  if (!kind) throw new Error(`no kind of long work is called ${known.kind}`);
  const work = workOf(unit, tools, known);
  const range = await unit.longWork.firstRange(id);
  if (range) {
    const { visited, rest } = await visitSome(unit, work, kind, {
      ...known,
      range,
      room: MOST_OF_BATCH,
    });
    await unit.longWork.deleteRange(id, range.after);
    if (rest) await unit.longWork.insertRange(id, rest);
    await unit.longWork.update({ ...known, done: known.done + visited });
  }
  if (await unit.longWork.firstRange(id)) return true;
  await unit.longWork.delete(id);
  const { subject, name } = known;
  await kind.ended?.(unit, work, { subject, name, detail: range?.detail });
  return false;
}

/**
 * Does one row's share of unfinished work, before a call changes that row.
 * @returns whether there was any
 */
export async function doShare(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  { subject, row }: { readonly subject: number; readonly row: number },
): Promise<boolean> {
  const known = await unit.longWork.findOf(kind.name, subject);
  const range = known && (await unit.longWork.findRange(known.id, row));
  if (!range) return false;
  await unit.longWork.deleteRange(known.id, range.after);
  const { after, until } = range;
  if (row - 1 > after) await unit.longWork.insertRange(known.id, { ...range, until: row - 1 });
  if (until > row) await unit.longWork.insertRange(known.id, { ...range, after: row });
  await unit.longWork.update({ ...known, done: known.done + 1 });
  const { name } = known;
  const about = { subject, name, detail: range.detail };
  await kind.visit(unit, workOf(unit, tools, known), row, about);
  return true;
}

function workOf(
  unit: UnitOfWork,
  { timeZone, newId }: WorkTools,
  { actor, callId }: LongWork,
): Work {
  return { actor, callId, now: unit.now(), timeZone, newId };
}

/** A share of some work. */
interface Share extends Pick<About, 'subject' | 'name'> {
  readonly range: WorkRange;
  /** The most that it costs, in changes of an entitlement. */
  readonly room: number;
}

/** Visits rows of a range until there is no more room. @returns what is left of the range */
async function visitSome(
  unit: UnitOfWork,
  work: Work,
  kind: WorkKind,
  { subject, name, range, room }: Share,
): Promise<{ visited: number; rest: WorkRange | undefined }> {
  const { after, until, detail } = range;
  const most = Math.max(0, Math.ceil(room / kind.weight));
  const rows = await kind.walk(unit, detail).next(subject, { after, until, limit: most + 1 });
  const mostChanges = unit.changes + room;
  let visited = 0;
  for (const row of rows.slice(0, most)) {
    if (unit.changes >= mostChanges) break;
    await kind.visit(unit, work, row, { subject, name, detail });
    visited += 1;
    await unit.pause(kind.weight);
  }
  const last = rows[visited - 1];
  const rest = visited < rows.length ? { ...range, after: last ?? after } : undefined;
  return { visited, rest };
}
