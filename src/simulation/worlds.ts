/** The parts of a simulation that belong to one merchant, and live as long as the process. */
import type { MerchantState } from '../store/merchant-states';
import type { ClockState } from './clocks';
import { Faults } from './faults';
import { Journal, JournalSpace } from './journal';

/** A merchant's data and clock at one moment. */
export interface Snapshot {
  readonly state: MerchantState;
  readonly clock: ClockState;
  /** When it was taken, by the merchant's clock; UTC milliseconds. */
  readonly at: number;
}

/** What is kept of one merchant beside its data. */
export class World {
  /** By name, the oldest first. */
  readonly snapshots = new Map<string, Snapshot>();
  /** What a reset goes back to; undefined: to no data. */
  seed: Snapshot | undefined;
  readonly faults = new Faults();
  readonly journal: Journal;
  private last: Promise<unknown> = Promise.resolve();
  private replacement: Promise<unknown> | undefined;

  constructor(space: JournalSpace) {
    this.journal = new Journal(space);
  }

  /** Does one thing after another: calls that steer the same merchant at once. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work, work);
    this.last = done.catch(() => undefined);
    return done;
  }

  /** The same for what replaces the merchant's data: its calls wait until that is done. */
  replaceData<T>(work: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const done = work();
      this.replacement = done.catch(() => undefined);
      try {
        return await done;
      } finally {
        this.replacement = undefined;
      }
    });
  }

  /** To be awaited before a call is carried out: what it sees is never half of the merchant's data. */
  async whole(): Promise<void> {
    while (this.replacement) await this.replacement;
  }
}

/** Every merchant's, by its row. */
export class Worlds {
  private readonly worlds = new Map<number, World>();
  private readonly space = new JournalSpace();

  of(merchantId: number): World {
    let world = this.worlds.get(merchantId);
    if (!world) this.worlds.set(merchantId, (world = new World(this.space)));
    return world;
  }

  forget(merchantId: number): void {
    this.worlds.get(merchantId)?.journal.close();
    this.worlds.delete(merchantId);
  }
}
