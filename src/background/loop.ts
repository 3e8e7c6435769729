/** What the background does, as loops of small batches. */

/**
 * One kind of background work. It is supervised: a batch that throws is logged, and the loop tries
 * again after a pause, while the others go on.
 */
export interface Loop {
  /** Names it in the log. */
  readonly name: string;
  /**
   * When there is something to do: now or earlier, a moment to come in UTC milliseconds, or undefined
   * for nothing in sight. Asked at least once a second by every process, so it only reads, and little.
   */
  readonly due: () => Promise<number | undefined>;
  /**
   * Does one batch, well within a turn of 100 ms, and keeps what it has done in units of work: after a
   * kill the next leader goes on from there. Called only by the leader, and when something is due. Two
   * leaders at once are possible for a moment (a process that was stopped and goes on), so a batch
   * finds out in its own unit of work what is to be done.
   * @returns whether it was committed with calls, so that it took nothing from them; then the next may follow at once
   */
  readonly run: () => Promise<void> | Promise<boolean>;
  /** Whether something of it is under way outside a batch, so that the lead must be kept. */
  readonly keepsLead?: () => boolean;
}
