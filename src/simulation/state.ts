/** A merchant's data and clock as a whole: kept under names, put back, emptied. */
import { conflict, notFound } from '../base/refusal';
import { quote } from '../base/quote';
import type { Store } from '../store/store';
import type { Clocks } from './clocks';
import type { Steered } from './context';
import type { Snapshot, World } from './worlds';

/** The parts that this needs. */
interface StateTools {
  readonly store: Pick<Store, 'merchantStates' | 'reader'>;
  readonly clocks: Clocks;
}

/** The most snapshots that a merchant may have, and the rows of all of them together. */
export const MOST_SNAPSHOTS = 100;
export const MOST_ROWS = 500_000;

/**
 * Takes a merchant's data and clock as they are.
 * @param most the most rows that it may have
 * @throws Refusal 409 where it has more, or while work of it goes on in the background: half of it would be kept
 */
export async function take(
  { store, clocks }: StateTools,
  merchantId: number,
  most = MOST_ROWS,
): Promise<Snapshot> {
  if ((await store.reader(merchantId).longWork.list({ after: 0, limit: 1 })).length > 0) {
    throw conflict('Work goes on in the background: try again when GET /v1/work lists none.');
  }
  const state = await store.merchantStates.take(merchantId, most);
  if (!state) {
    throw conflict(
      `The data have more than ${most} rows, and no more is left of the ${MOST_ROWS} that are kept of a merchant: ` +
        'delete a snapshot, or reset to empty before.',
    );
  }
  return { state, clock: clocks.stateOf(merchantId), at: clocks.now(merchantId) };
}

/** Puts data and clock back. */
export async function put(
  { store, clocks }: StateTools,
  merchantId: number,
  { state, clock }: Snapshot,
): Promise<void> {
  await store.merchantStates.put(merchantId, state);
  clocks.put(merchantId, clock);
}

/** Removes all data; the clock shows the machine's time again. */
export async function clear({ store, clocks }: StateTools, merchantId: number): Promise<void> {
  await store.merchantStates.clear(merchantId);
  clocks.forget(merchantId);
}

/**
 * Takes a snapshot and keeps it under a name, in place of one that has it.
 * @throws Refusal 409 where it is too much, or as `take` does
 */
export async function keepSnapshot(
  tools: StateTools,
  { merchant, world: { snapshots } }: Steered,
  name: string,
): Promise<Snapshot> {
  if (!snapshots.has(name) && snapshots.size >= MOST_SNAPSHOTS) {
    throw conflict(`There are ${MOST_SNAPSHOTS} snapshots already: delete one before.`);
  }
  let room = MOST_ROWS;
  for (const [other, { state }] of snapshots) if (other !== name) room -= state.rows;
  const snapshot = await take(tools, merchant.id, room);
  snapshots.delete(name);
  snapshots.set(name, snapshot);
  return snapshot;
}

/** @throws Refusal 404 */
export function findSnapshot({ snapshots }: World, name: string): Snapshot {
  const found = snapshots.get(name);
  if (!found) throw unknownSnapshot(name);
  return found;
}

export const unknownSnapshot = (name: string) => notFound(`There is no snapshot ${quote(name)}.`);
