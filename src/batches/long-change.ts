/**
 * Changes of any number of entitlements that one AutoBill or order brings about. What is too much for one unit of work is
 * left to further ones, which come before the answer of the call, and others between them.
 * Decided: docs/decisions/work.md
 */
import { pagesOf } from '../base/pages';
import type { Work, WorkTools } from '../base/work';
import type { LongWork } from '../store/long-work';
import type { Store, UnitOfWork } from '../store/store';
import { inUnits } from './in-units';
import { type About, carryOn, MOST_OF_BATCH, type WorkKind } from './long-work';

/** What an object brings about. */
export interface LongChange<Change> {
  /** What is left of it is kept as work of this kind, which does the rest when nobody else does. */
  readonly kind: WorkKind;
  readonly about: About;
  /** Finds out all that is to be changed. Undefined now and then: others may have their turn. */
  readonly list: (unit: UnitOfWork) => Promise<Iterable<Change | undefined>>;
  readonly make: (unit: UnitOfWork, work: Work, change: Change) => Promise<void>;
  /** Whether the object is still the one that `list` has looked at: else all is found out anew. */
  readonly isSame: (unit: UnitOfWork) => Promise<boolean>;
  /** What comes after the last. */
  readonly end?: ((unit: UnitOfWork, work: Work) => Promise<void>) | undefined;
}

/** How a change goes on in a unit of its own. @returns how in the next; undefined: that was all */
type Step = (unit: UnitOfWork) => Promise<Progress>;

interface Progress {
  readonly next: Step | undefined;
  /** Changes that were made, and are to be made in all as far as that is known. */
  readonly done: number;
  readonly total: number;
}

/** What a unit has left. */
interface Left {
  /** As it is kept. */
  readonly kept: Pick<LongWork, 'id' | 'kind' | 'subject' | 'callId' | 'begunAt'>;
  readonly change: Pick<LongChange<never>, 'kind' | 'isSame'>;
  readonly tools: WorkTools;
  readonly step: Step;
  readonly finished: PromiseWithResolvers<undefined>;
}

/** Takes what a unit leaves, for those whose caller carries on with it. */
type Leave = (left: Left) => void;

const leaving = new WeakMap<UnitOfWork, Leave>();

/** A unit met a change that isn't finished. */
class Unfinished extends Error {
  constructor(readonly work: number) {
    super('an earlier change is to be finished before');
  }
}

/** What a part of finding out costs, in changes of an entitlement. */
const LOOKED = 200;

/** The changes that a unit makes however much finding out has cost: who only tries something shows as many. */
const LEAST = 250;

/**
 * Makes a change: all of it or, in a unit whose caller carries on with it, a batch at most. One of the same object that isn't
 * finished is finished before (`finishChangeOf`).
 */
export async function makeLongChange<Change>(
  unit: UnitOfWork,
  work: Work,
  change: LongChange<Change>,
): Promise<void> {
  const { kind, about } = change;
  const leave = leaving.get(unit);
  const room = leave ? Math.max(0, MOST_OF_BATCH - unit.changes) : Infinity;
  // Finding out what is to be changed may cost as much as the changes.
  const { next, done, total } =
    room > 0 ? await begin(unit, work, change, room) : { ...UNKNOWN, next: beginIn(work, change) };
  if (!leave || !next) return;
  const { actor, callId, now: begunAt } = work;
  const { subject, name, detail } = about;
  const kept = { kind: kind.name, subject, name, actor, callId, begunAt, done, total };
  const id = await unit.longWork.insert(kept);
  await unit.longWork.insertRange(id, { after: subject - 1, until: subject, turn: 0, detail });
  const finished = Promise.withResolvers<undefined>();
  leave({ kept: { id, ...kept }, change, tools: work, step: next, finished });
}

/** Of what is still to be found out. */
const UNKNOWN = { done: 0, total: 1 } as const;

/** All of a change at once: what is left of one, where no unit carries on with it any more. */
export async function makeWhole<Change>(
  unit: UnitOfWork,
  work: Work,
  change: Pick<LongChange<Change>, 'list' | 'make' | 'end'>,
): Promise<void> {
  await begin(unit, work, change, Infinity);
}

type Making<Change> = Pick<LongChange<Change>, 'list' | 'make' | 'end'>;

function beginIn<Change>(work: Work, change: Making<Change>): Step {
  return (unit) => begin(unit, { ...work, now: unit.now() }, change, MOST_OF_BATCH);
}

async function begin<Change>(
  unit: UnitOfWork,
  work: Work,
  change: Making<Change>,
  room: number,
): Promise<Progress> {
  const rest: Change[] = [];
  let done = 0;
  let left = room;
  for (const one of await change.list(unit)) {
    if (one === undefined) {
      left -= LOOKED;
      await unit.pause(LOOKED);
    } else if (left <= 0 && done >= LEAST) rest.push(one);
    else {
      await change.make(unit, work, one);
      done += 1;
      left -= 1;
    }
  }
  if (rest.length > 0)
    return { next: goOn(work, change, rest, 0, done), done, total: done + rest.length };
  await change.end?.(unit, work);
  return { next: undefined, done, total: done };
}

/** Makes the next of a list. @param before how many were made before those of the list */
function goOn<Change>(
  work: Work,
  change: Making<Change>,
  rest: readonly Change[],
  from: number,
  before: number,
): Step {
  return async (unit) => {
    const present = { ...work, now: unit.now() };
    const until = Math.min(from + MOST_OF_BATCH, rest.length);
    for (const one of rest.slice(from, until)) await change.make(unit, present, one);
    const isAll = until === rest.length;
    if (isAll) await change.end?.(unit, present);
    const next = isAll ? undefined : goOn(work, change, rest, until, before);
    return { next, done: before + until, total: before + rest.length };
  };
}

/**
 * Finishes what is left of a change of an object, before it is changed again.
 * @throws Error that has the unit undone, and begun anew when it is finished
 */
export async function finishChangeOf(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  subject: number,
): Promise<void> {
  if (!(await unit.longWork.hasAny())) return;
  const known = await unit.longWork.findOf(kind.name, subject);
  if (known) await finish(unit, tools, kind, known);
}

async function finish(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  { id }: LongWork,
): Promise<void> {
  if (leaving.has(unit)) throw new Unfinished(id);
  await carryOn(unit, tools, new Map([[kind.name, kind]]), id);
}

/** Has a unit make all of its changes itself: those of objects that get other names, or owners, before it ends. */
export function leaveNothing(unit: UnitOfWork): void {
  leaving.delete(unit);
}

/**
 * The same for all objects of an account, before they are moved or erased with it.
 * @param kinds with whose account an object of each is
 */
export async function finishChangesOf(
  unit: UnitOfWork,
  tools: WorkTools,
  kinds: ReadonlyArray<readonly [WorkKind, AccountOf]>,
  accountId: number,
): Promise<void> {
  if (!(await unit.longWork.hasAny())) return;
  const read = (last: LongWork | undefined, limit: number) =>
    unit.longWork.list({ after: last?.id ?? 0, limit });
  for await (const works of pagesOf<LongWork>(read, (rows) => unit.pause(rows))) {
    for (const work of works) {
      const [kind, accountOf] = kinds.find(([{ name }]) => name === work.kind) ?? [];
      if (!kind || (await accountOf?.(unit, work.subject)) !== accountId) continue;
      await finish(unit, tools, kind, work);
    }
  }
}

/** The row of an object's account; undefined: it is there no more. */
type AccountOf = (unit: UnitOfWork, subject: number) => Promise<number | undefined>;

/** Stores by those that they finish changes of. */
const finishing = new WeakMap<Store, Store>();

/**
 * The same store, whose units leave what is too much for one. `transact` fulfils when that is done, too; where it fails
 * midway, the background does the rest. A unit that meets what another has left waits for that, and begins anew.
 */
export function finishingLongChanges(store: Store): Store {
  const known = finishing.get(store);
  if (known) return known;
  const transact = transactAndFinish(store);
  const made = Object.assign(Object.create(store) as Store, { transact });
  finishing.set(store, made);
  finishing.set(made, made);
  return made;
}

function transactAndFinish(store: Store): Store['transact'] {
  /** By their rows of work. */
  const underWay = new Map<number, Promise<undefined>>();
  const forget = (left: Left[]) => {
    for (const { kept, finished } of left.splice(0)) {
      underWay.delete(kept.id);
      finished.resolve(undefined);
    }
  };
  return async (merchantId, work, spent) => {
    const left: Left[] = [];
    const leave = (one: Left) => {
      left.push(one);
      underWay.set(one.kept.id, one.finished.promise);
    };
    for (let unknown = 0; ;) {
      try {
        const value = await store.transact(
          merchantId,
          (unit) => {
            // A store may run it more than once.
            forget(left);
            leaving.set(unit, leave);
            return work(unit);
          },
          spent,
        );
        for (const one of left) await carryOut(store, merchantId, one);
        return value;
      } catch (error) {
        if (!(error instanceof Unfinished)) throw error;
        const other = underWay.get(error.work);
        if (!other) unknown += 1;
        // Not one that was finished just now, but of another process.
        if (unknown > 1) return await store.transact(merchantId, work, spent);
        await other;
      } finally {
        forget(left);
      }
    }
  };
}

/** Does what a unit has left, as long as nobody else has done it. */
async function carryOut(store: Store, merchantId: number, left: Left): Promise<void> {
  const { kept, change, tools } = left;
  const { id, subject } = kept;
  try {
    await inUnits<Step>(store, merchantId, left.step, async (unit, step) => {
      const known = await unit.longWork.find(id);
      // Its row's number may have been given to another since.
      if (!known || !isSameWork(known, kept)) return undefined;
      if (!(await change.isSame(unit))) {
        await carryOn(unit, tools, new Map([[kept.kind, change.kind]]), id);
        return undefined;
      }
      const { next, done, total } = await step(unit);
      if (next) await unit.longWork.update({ ...known, done, total });
      else {
        await unit.longWork.deleteRange(id, subject - 1);
        await unit.longWork.delete(id);
      }
      return next;
    });
  } catch {
    // What was asked for is done but for what is kept as work: the background tries again, and tells the log.
  }
}

function isSameWork(one: Left['kept'], other: Left['kept']): boolean {
  return (
    one.kind === other.kind &&
    one.subject === other.subject &&
    one.callId === other.callId &&
    one.begunAt === other.begunAt
  );
}
