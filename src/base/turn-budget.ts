/**
 * How much of something is done in one turn of the event loop, for all that ask for it together: what comes at
 * once must not be done in one go.
 * Decided: docs/decisions/turns.md
 */

/** A bound on the work of a turn, in whatever it is counted. */
export class TurnBudget {
  private readonly waiting: Array<{ readonly size: number; readonly begin: () => void }> = [];
  private taken = 0;

  /**
   * @param most the work of a turn, unless one piece has more
   * @param empty turns between two in which something that waited is done: each takes in one new connection
   */
  constructor(
    private readonly most: number,
    private readonly empty = 0,
  ) {}

  /** @returns the moment at which work of that size may be done; undefined: now */
  turnFor(size: number): Promise<void> | undefined {
    if (this.waiting.length > 0 || !this.fits(size)) {
      return new Promise((begin) => this.waiting.push({ size, begin }));
    }
    this.take(size);
    return undefined;
  }

  private fits(size: number): boolean {
    return this.taken === 0 || this.taken + size <= this.most;
  }

  private take(size: number): void {
    if (this.taken === 0) setImmediate(() => this.beginTurn(this.empty));
    this.taken += size;
  }

  /** While something waits, something was taken: another turn follows. */
  private beginTurn(empty: number): void {
    if (empty > 0 && this.waiting.length > 0) {
      setImmediate(() => this.beginTurn(empty - 1));
      return;
    }
    this.taken = 0;
    for (let next = this.waiting[0]; next && this.fits(next.size); next = this.waiting[0]) {
      this.waiting.shift();
      this.take(next.size);
      next.begin();
    }
  }
}
