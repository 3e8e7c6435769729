/** What the units of one transaction share: its connection, the numbers of the feed, and the time. */
import type { Connection } from './connection';
import type { Moments, TransactionMoments, UnitMoment } from './moments';
import type { ReadStatements } from './reader';
import type { WriteStatements } from './write-statements';

/** The statements of a connection, prepared once. */
export interface Statements {
  readonly reads: ReadStatements;
  readonly writes: WriteStatements;
}

/** A transaction that holds a merchant's lock. */
export class Transaction {
  /** When the unit under way happens. */
  moment: UnitMoment;
  /** Changes that were sent, and whose answers nobody has waited for. */
  private sent: Array<Promise<unknown>> = [];
  private failure: Error | undefined;

  /** @param sequence the number of the merchant's last event, with those of this transaction */
  constructor(
    readonly merchantId: number,
    readonly connection: Connection,
    readonly statements: Statements,
    readonly moments: Moments,
    readonly dating: TransactionMoments,
    public sequence: number,
  ) {
    this.moment = moments.unitNow(merchantId, dating);
  }

  /** To be called when a unit begins. */
  date(): void {
    this.moment = this.moments.unitNow(this.merchantId, this.dating);
  }

  /** The next number of the merchant's feed: nobody else gives one as long as the lock is held. */
  nextNumber(): number {
    return (this.sequence += 1);
  }

  /** Takes a change that nobody waits for: what is asked next is asked after it, and the unit fails with it. */
  send(change: Promise<unknown>): void {
    this.sent.push(
      change.catch((error: unknown) => {
        this.failure ??= error as Error;
      }),
    );
  }

  /**
   * Waits for all that was sent.
   * @returns the first failure; undefined: there was none
   */
  async settle(): Promise<Error | undefined> {
    const { sent } = this;
    this.sent = [];
    await Promise.all(sent);
    const { failure } = this;
    this.failure = undefined;
    return failure;
  }
}
