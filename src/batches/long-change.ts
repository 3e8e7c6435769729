/**
 * Changes of any number of entitlements that one AutoBill or order brings about. What is too much for one unit of work is
 * left to further ones, which come before the answer of the call, and others between them.
 * Decided: docs/decisions/work.md
 */
import type { Work, WorkTools } from '../base/work';
import type { UnitOfWork } from '../store/store';
import { oneRow } from '../store/walk';
import { carryOnWith, findSame, type KeptWork, leaverOf, type Step } from './left-over';
import { type About, MOST_OF_BATCH, type WorkKind } from './long-work';

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

/** How a change goes on in a unit of its own. */
type MakeSome = (unit: UnitOfWork) => Promise<Progress>;

interface Progress {
  /** How it goes on in the next; undefined: that was all. */
  readonly next: MakeSome | undefined;
  /** Changes that were made, and are to be made in all as far as that is known. */
  readonly done: number;
  readonly total: number;
}

/** What a part of finding out costs, in changes of an entitlement. */
const LOOKED = 200;

/** The changes that a unit makes however much finding out has cost: who only tries something shows as many. */
const LEAST = 250;

/**
 * Makes a change: all of it or, in a unit whose caller carries on with it, a batch at most. One of the same object that isn't
 * finished is finished before (`finishChangesOf`).
 */
export async function makeLongChange<Change>(
  unit: UnitOfWork,
  work: Work,
  change: LongChange<Change>,
): Promise<void> {
  const { kind, about } = change;
  const leave = leaverOf(unit);
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
  const step = keptStep({ work: { id, ...kept }, tools: work, ...change }, next);
  leave(id, step);
}

/** Of what is still to be found out. */
const UNKNOWN = { done: 0, total: 1 } as const;

/** The kind of work as which what is left of changes is kept, for whoever finishes them all at once. */
interface RestKind<Change> extends Pick<WorkKind, 'name' | 'isSuperseded'> {
  /** Finds the change again; undefined: its object is gone. @param detail as it was kept */
  readonly find: (
    unit: UnitOfWork,
    work: Work,
    subject: number,
    detail: string,
  ) => Promise<Making<Change> | undefined>;
}

/** Builds such a kind. */
export function restKind<Change>({ find, ...kind }: RestKind<Change>): WorkKind {
  return {
    ...kind,
    weight: 1,
    walk: () => oneRow,
    visit: async (unit, work, subject, { detail }) => {
      const change = detail === undefined ? undefined : await find(unit, work, subject, detail);
      if (change) await begin(unit, work, change, Infinity);
    },
  };
}

type Making<Change> = Pick<LongChange<Change>, 'list' | 'make' | 'end'>;

function beginIn<Change>(work: Work, change: Making<Change>): MakeSome {
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
): MakeSome {
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

/** A change whose rest is kept as work. */
interface Kept extends Pick<LongChange<never>, 'kind' | 'isSame'> {
  readonly work: KeptWork;
  readonly tools: WorkTools;
}

/** Makes some, as long as nobody else has made the rest. */
function keptStep(change: Kept, makeSome: MakeSome): Step {
  const { work, kind, isSame, tools } = change;
  const { id, subject } = work;
  return async (unit) => {
    const known = await findSame(unit, work);
    if (!known) return undefined;
    if (!(await isSame(unit))) return carryOnWith(kind, tools, work)(unit);
    const { next, done, total } = await makeSome(unit);
    if (next) await unit.longWork.update({ ...known, done, total });
    else {
      await unit.longWork.deleteRange(id, subject - 1);
      await unit.longWork.delete(id);
    }
    return next && keptStep(change, next);
  };
}
