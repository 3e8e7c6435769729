/**
 * Units of work that wait for a transaction. Merchants take turns, so that nobody waits for all that one has brought; the
 * units of one keep their order.
 * Decided: docs/decisions/commits.md
 */

/** Whose it is. */
interface Owned {
  /** The merchant's row; 0: it is nobody's. */
  readonly owner: number;
}

export class WaitingUnits<Unit extends Owned> {
  /** By owner; the first owner is the next. */
  private readonly queues = new Map<number, Unit[]>();
  private count = 0;

  /** How many wait. */
  get length(): number {
    return this.count;
  }

  /** Adds one as the last of its owner. */
  push(unit: Unit): void {
    this.count += 1;
    const queue = this.queues.get(unit.owner);
    if (queue) queue.push(unit);
    else this.queues.set(unit.owner, [unit]);
  }

  /** Takes the next ones, of each owner in turn. */
  take(most: number): Unit[] {
    const taken: Unit[] = [];
    while (taken.length < most && this.count > 0) this.takeNext(taken, most - taken.length);
    return taken;
  }

  private takeNext(taken: Unit[], most: number): void {
    for (const [owner, queue] of this.queues) {
      const some = queue.splice(0, this.queues.size === 1 ? most : 1);
      this.count -= some.length;
      taken.push(...some);
      this.queues.delete(owner);
      if (queue.length > 0) this.queues.set(owner, queue);
      return;
    }
  }

  /** Puts back what was taken last: it comes before all others. */
  putBack(units: readonly Unit[]): void {
    const waiting = [...this.queues];
    const others = this.count;
    this.queues.clear();
    for (const unit of units) this.push(unit);
    for (const [owner, queue] of waiting) {
      const before = this.queues.get(owner);
      if (before) for (const unit of queue) before.push(unit);
      else this.queues.set(owner, queue);
    }
    this.count = others + units.length;
  }
}
