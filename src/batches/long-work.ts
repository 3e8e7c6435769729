/**
 * Work on as many rows as a tenant has: begun by a call, carried on in batches that are units of work
 * of their own. Knows nothing of what a visit does.
 * Decided: docs/decisions/work.md
 */
import type { Work, WorkTools } from '../base/work';
import type { LongWork, WorkRange } from '../store/long-work';
import type { UnitOfWork } from '../store/store';
import type { Walk } from '../store/walk';

/** One kind of long work. */
export interface WorkKind {
  /** As lists show it, and as it is kept. */
  readonly name: string;
  /** What a visit costs, in changes of an entitlement, beside those that it makes. */
  readonly weight: number;
  /** The rows of a subject. */
  readonly walk: (unit: UnitOfWork) => Walk;
  /** Does what is to be done with one row, which may be gone or done already. */
  readonly visit: (unit: UnitOfWork, work: Work, row: number, about: About) => Promise<void>;
}

/** The object of a visit. */
export interface About extends Pick<LongWork, 'subject' | 'name'> {
  readonly detail: string | undefined;
}

/** The most that one batch costs, in changes of an entitlement: some tens of milliseconds. */
const MOST = 1000;

/**
 * Begins work on all rows that a subject has now. What fits into one batch is done at once; the rest is
 * left to the background. Work on the same subject that isn't finished goes on as this call's: a row that is
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
  const { total, last } = await kind.walk(unit).extent(subject);
  if (!known) {
    const whole = { after: 0, until: last, turn: 0, detail };
    const { visited, rest } = await visitSome(unit, work, kind, { ...about, range: whole });
    if (!rest) return;
    const { actor, callId, now: begunAt } = work;
    const begun = { kind: kind.name, subject, name, actor, callId, begunAt };
    const id = await unit.longWork.insert(Object.assign(begun, { done: visited, total }));
    await unit.longWork.insertRange(id, rest);
    return;
  }
  const ranges = await unit.longWork.listRanges(known.id);
  // Calls that did rows' shares may have left any number of ranges.
  const turn = ranges.reduce((highest, range) => Math.max(highest, range.turn), 0) + 1;
  for (const gap of gapsBetween(ranges, last)) {
    await unit.longWork.insertRange(known.id, { ...gap, turn, detail });
  }
  const { actor, callId, now: begunAt } = work;
  const begun = { actor, callId, begunAt, done: 0, total };
  await unit.longWork.update(Object.assign({}, known, begun));
}

/** What no range covers, from the first row to the last. @param ranges in the order of their rows */
function gapsBetween(
  ranges: readonly WorkRange[],
  last: number,
): Array<Pick<WorkRange, 'after' | 'until'>> {
  const gaps: Array<Pick<WorkRange, 'after' | 'until'>> = [];
  let reached = 0;
  for (const { after, until } of ranges) {
    if (after > reached) gaps.push({ after: reached, until: after });
    reached = Math.max(reached, until);
  }
  if (last > reached) gaps.push({ after: reached, until: last });
  return gaps;
}

/** Finishes work on a subject within a unit, however long it takes. */
export async function finishWork(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  subject: number,
): Promise<void> {
  const known = (await unit.longWork.hasAny())
    ? await unit.longWork.findOf(kind.name, subject)
    : undefined;
  const kinds = new Map([[kind.name, kind]]);
  while (known && (await carryOn(unit, tools, kinds, known.id)));
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
  const range = await unit.longWork.firstRange(id);
  if (range) {
    const work = workOf(unit, tools, known);
    const { visited, rest } = await visitSome(unit, work, kind, { ...known, range });
    await unit.longWork.deleteRange(id, range.after);
    if (rest) await unit.longWork.insertRange(id, rest);
    await unit.longWork.update({ ...known, done: known.done + visited });
  }
  if (await unit.longWork.firstRange(id)) return true;
  await unit.longWork.delete(id);
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

/** Visits rows of a range until the batch is full. @returns what is left of the range */
async function visitSome(
  unit: UnitOfWork,
  work: Work,
  kind: WorkKind,
  { subject, name, range }: Pick<About, 'subject' | 'name'> & { readonly range: WorkRange },
): Promise<{ visited: number; rest: WorkRange | undefined }> {
  const { after, until, detail } = range;
  const most = Math.ceil(MOST / kind.weight);
  const rows = await kind.walk(unit).next(subject, { after, until, limit: most + 1 });
  const mostChanges = unit.changes + MOST;
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
