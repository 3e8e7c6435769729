/**
 * Which transactions were kept: each writes its number itself, so that the outcome of a commit that nobody answered is
 * there or not there with all else that it wrote. Decided: docs/decisions/postgres-units.md
 */
import type { Connection } from './connection';
import type { Change, PrepareChange, Query } from './query';

/** For how long the row of a server is kept that writes no more, in milliseconds. */
const KEPT = 24 * 60 * 60 * 1000;

/** The numbers of this process's transactions, on one connection. */
export class Outcomes {
  private readonly save: Change;
  private readonly find: Query<{ readonly batch: number }>;

  /** @param server names this process */
  constructor(
    { prepare, change }: Connection,
    private readonly server: string,
  ) {
    this.save = change(
      `INSERT INTO unit_outcome (merchant_id, server, batch, kept_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (merchant_id, server) DO UPDATE
         SET batch = excluded.batch, kept_at = excluded.kept_at`,
    );
    this.find = prepare('SELECT batch FROM unit_outcome WHERE merchant_id = ? AND server = ?');
  }

  /** Has the transaction under way write its number. @param at UTC milliseconds */
  note(merchantId: number, batch: number, at: number): Promise<unknown> {
    return this.save.run(merchantId, this.server, batch, at);
  }

  /** Whether a transaction was kept, asked under the merchant's lock: it was under that lock itself. */
  async isKept(merchantId: number, batch: number): Promise<boolean> {
    const { batch: last = 0 } = (await this.find.get(merchantId, this.server)) ?? {};
    return last >= batch;
  }
}

/** @returns a function that forgets the rows of servers that have ended, given the present moment */
export function prepareForgetOutcomes(change: PrepareChange): (now: number) => Promise<unknown> {
  const forget = change('DELETE FROM unit_outcome WHERE kept_at < ?');
  return (now) => forget.run(now - KEPT);
}
