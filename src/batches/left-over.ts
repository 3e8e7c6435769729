/**
 * What a unit of work leaves to further ones: they come before the answer of its call, and others' between them. It is kept
 * as long work, which the background does after a kill.
 * Decided: docs/decisions/work.md
 */
import { pagesOf } from '../base/pages';
import type { Work, WorkTools } from '../base/work';
import type { LongWork } from '../store/long-work';
import type { Store, UnitOfWork } from '../store/store';
import { UnitNote } from '../store/unit-note';
import { inUnits } from './in-units';
import { type About, beginWork, carryOn, type WorkKind } from './long-work';

/** What is done in the next unit. @returns how it goes on in the next unit; undefined: that was all */
export type Step = (unit: UnitOfWork) => Promise<Step | undefined>;

/** What a unit has left. */
interface Left {
  /** The row of the work as which it is kept. */
  readonly id: number;
  readonly step: Step;
  readonly finished: PromiseWithResolvers<undefined>;
}

/** Most units leave nothing. */
const NOTHING: never[] = [];

/** Carries on with what a unit leaves. */
class Caller {
  left: Left[] = NOTHING;
  acts: Afterwards[] = NOTHING;

  /** @param underWay what calls of this process carry on with, by the rows of work */
  constructor(private readonly underWay: Map<number, Promise<undefined>>) {}

  /** Takes what the unit leaves. @param id the row of the work as which it is kept */
  leave(id: number, step: Step): void {
    const finished = Promise.withResolvers<undefined>();
    if (this.left === NOTHING) this.left = [];
    this.left.push({ id, step, finished });
    this.underWay.set(id, finished.promise);
  }

  /** Whether it was this unit that has left it. @param id undefined: anything */
  hasLeft(id?: number): boolean {
    return this.left.some((one) => id === undefined || one.id === id);
  }

  /** Takes what is to be done when all that is left is done. */
  whenDone(act: Afterwards): void {
    if (this.acts === NOTHING) this.acts = [];
    this.acts.push(act);
  }

  /** What was left is done, or undone with the unit. */
  forget(): void {
    for (const { id, finished } of this.left) {
      this.underWay.delete(id);
      finished.resolve(undefined);
    }
    this.left = NOTHING;
    this.acts = NOTHING;
  }
}

/** What is done outside of units. @param transact carries out a unit of work of the merchant */
export type Afterwards = (
  transact: <T>(work: (unit: UnitOfWork) => Promise<T>) => Promise<T>,
) => Promise<void>;

const callers = new UnitNote<Caller>();

/** A unit met a change that isn't finished. */
class Unfinished extends Error {
  constructor(readonly work: Pick<LongWork, 'id' | 'subject'>) {
    super('an earlier change is to be finished before');
  }
}

/** Takes what a unit leaves; undefined: its caller doesn't carry on with it. */
export function leaverOf(unit: UnitOfWork): Caller['leave'] | undefined {
  const caller = callers.get(unit);
  return caller && ((id, step) => caller.leave(id, step));
}

/** Whether a unit has left something. */
export function hasLeft(unit: UnitOfWork): boolean {
  return callers.get(unit)?.hasLeft() ?? false;
}

/** Whether the caller of a unit carries on with what that leaves. */
export function isCarriedOn(unit: UnitOfWork): boolean {
  return callers.get(unit) !== undefined;
}

/**
 * Has something done when a unit that is carried on is kept, and all that it has left is done. Where it throws, the call of
 * the unit fails.
 */
export function afterUnit(unit: UnitOfWork, act: Afterwards): void {
  callers.get(unit)?.whenDone(act);
}

/** As it was begun. */
export type KeptWork = Pick<LongWork, 'id' | 'kind' | 'subject' | 'callId' | 'begunAt'>;

/** The work as it is kept now; undefined: it is done. The number of its row may have been given to another since. */
export async function findSame(unit: UnitOfWork, work: KeptWork): Promise<LongWork | undefined> {
  const known = await unit.longWork.find(work.id);
  const { kind, subject, callId, begunAt } = known ?? {};
  const isSame =
    kind === work.kind &&
    subject === work.subject &&
    callId === work.callId &&
    begunAt === work.begunAt;
  return isSame ? known : undefined;
}

/** Does it batch by batch. */
export function carryOnWith(kind: WorkKind, tools: WorkTools, work: KeptWork): Step {
  const kinds = new Map([[kind.name, kind]]);
  const step: Step = async (unit) => {
    if (!(await findSame(unit, work))) return undefined;
    return (await carryOn(unit, tools, kinds, work.id)) ? step : undefined;
  };
  return step;
}

/**
 * Begins work on all rows of a subject of which none may be left when its call is answered. Where no caller carries on
 * with it, the background does. Earlier work of the kind on the same subject has to be finished before.
 */
export async function beginWithCall(
  unit: UnitOfWork,
  work: Work,
  kind: WorkKind,
  about: About,
): Promise<void> {
  await beginWork(unit, work, kind, about);
  const leave = leaverOf(unit);
  const begun = leave && (await unit.longWork.findOf(kind.name, about.subject));
  if (!begun) return;
  leave(begun.id, carryOnWith(kind, work, begun));
}

/**
 * Finishes what is left of changes of an object, before it is changed again.
 * @param kinds those of the object, whose row `subject` is
 * @throws Error that has the unit undone, and begun anew when it is finished
 */
export async function finishChangesOf(
  unit: UnitOfWork,
  tools: WorkTools,
  kinds: readonly WorkKind[],
  subject: number,
): Promise<void> {
  if (!(await unit.longWork.hasAny())) return;
  for (const kind of kinds) {
    const known = await unit.longWork.findOf(kind.name, subject);
    if (known) await finish(unit, tools, kind, known);
  }
}

async function finish(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  work: LongWork,
): Promise<void> {
  const { id, subject } = work;
  const caller = callers.get(unit);
  if (caller && !caller.hasLeft(id)) throw new Unfinished(work);
  if (caller && kind.isSuperseded) {
    // It is the unit itself that has left it, and changes the object again.
    await unit.longWork.deleteRange(id, subject - 1);
    await unit.longWork.delete(id);
    return;
  }
  const kinds = new Map([[kind.name, kind]]);
  while (await carryOn(unit, tools, kinds, id));
}

/** Has a unit make all of its changes itself: those of objects that get other names, or owners, before it ends. */
export function leaveNothing(unit: UnitOfWork): void {
  callers.set(unit, undefined);
}

/** The same for what is left of changes of a kind. @param isMeant whether that of one is to be finished */
export async function finishChangesWhere(
  unit: UnitOfWork,
  tools: WorkTools,
  kind: WorkKind,
  isMeant: (work: LongWork) => Promise<boolean>,
): Promise<void> {
  if (!(await unit.longWork.hasAny())) return;
  const read = (last: LongWork | undefined, limit: number) =>
    unit.longWork.listOf(kind.name, { after: last?.subject ?? 0, limit });
  for await (const works of pagesOf<LongWork>(read, (rows) => unit.pause(rows))) {
    for (const work of works) if (await isMeant(work)) await finish(unit, tools, kind, work);
  }
}

/** The stores that finish what is left, by those that they stand for. */
const finishing = new WeakMap<Store, Store>();

/**
 * The same store, whose units leave what is too much for one. `transact` fulfils when that is done, too; where it fails
 * midway, the background does the rest. A unit that meets what another has left waits for that, and begins anew.
 */
export function finishingLeftOver(store: Store): Store {
  const known = finishing.get(store);
  if (known) return known;
  const transact = transactAndFinish(store);
  const made = Object.assign(Object.create(store) as Store, { transact });
  finishing.set(store, made);
  finishing.set(made, made);
  return made;
}

function transactAndFinish(store: Store): Store['transact'] {
  const underWay = new Map<number, Promise<undefined>>();
  const lines = new Lines();
  return async (merchantId, work, spent) => {
    const caller = new Caller(underWay);
    const carriedOn: typeof work = (unit) => {
      // A store may run it more than once.
      caller.forget();
      callers.set(unit, caller);
      return work(unit);
    };
    const act = async () => {
      try {
        const value = await store.transact(merchantId, carriedOn, spent);
        for (const one of caller.left) await carryOut(store, merchantId, one);
        for (const after of caller.acts) await after((own) => store.transact(merchantId, own));
        return value;
      } finally {
        caller.forget();
      }
    };
    const actAgain = async (met: Unfinished) => {
      for (let unknown = 0; ;) {
        const other = underWay.get(met.work.id);
        if (!other) unknown += 1;
        // Not one that was finished just now, but of another process.
        if (unknown > 1) return store.transact(merchantId, work, spent);
        await other;
        try {
          return await act();
        } catch (error) {
          met = requireUnfinished(error);
        }
      }
    };
    try {
      return await act();
    } catch (error) {
      const met = requireUnfinished(error);
      return lines.run(`${merchantId} ${met.work.subject}`, () => actAgain(met));
    }
  };
}

/** @throws the error itself where it is another */
function requireUnfinished(error: unknown): Unfinished {
  if (error instanceof Unfinished) return error;
  throw error;
}

/** Has what is to wait for the same thing come one after another: else each would begin anew with every one before it. */
class Lines {
  /** The end of the last of each. */
  private readonly ends = new Map<string, Promise<unknown>>();

  async run<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.ends.get(name) ?? Promise.resolve();
    const acted = before.then(act);
    const end = acted.catch(() => undefined);
    this.ends.set(name, end);
    try {
      return await acted;
    } finally {
      if (this.ends.get(name) === end) this.ends.delete(name);
    }
  }
}

/** Does what a unit has left. */
async function carryOut(store: Store, merchantId: number, { step }: Left): Promise<void> {
  try {
    await inUnits<Step>(store, merchantId, step, (unit, present) => present(unit));
  } catch {
    // What was asked for is done but for what is kept as work: the background tries again, and tells the log.
  }
}
