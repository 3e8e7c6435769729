/** Changes of the answers that one merchant's requests got. */
import { type AnswerWrites, type StoredAnswer, UNFINISHED } from '../answers';
import { type AnswerReadStatements, PostgresAnswerReads } from './answer-reads';
import type { Change, PrepareChange } from './query';

/** How many old answers of the merchant are forgotten with each that is kept. */
const FORGOTTEN = 10;

/** Every change, prepared once. */
export type AnswerWriteStatements = Readonly<
  Record<'insert' | 'complete' | 'forget' | 'forgetKey', Change>
>;

/** Prepares the statements that change answers. */
export function prepareAnswerWrites(prepare: PrepareChange): AnswerWriteStatements {
  return {
    insert: prepare(
      `INSERT INTO kept_answer (merchant_id, key, fingerprint, status, body, kept_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    complete: prepare(
      `UPDATE kept_answer SET status = ?, body = ?
       WHERE merchant_id = ? AND key = ? AND fingerprint = ? AND status = ${UNFINISHED}`,
    ),
    // The merchant's own: those of others may be locked, and locked in another order.
    forget: prepare(
      `DELETE FROM kept_answer WHERE merchant_id = :merchant AND key IN
         (SELECT key FROM kept_answer WHERE merchant_id = :merchant AND kept_at < :before
          ORDER BY kept_at LIMIT ${FORGOTTEN})`,
    ),
    forgetKey: prepare('DELETE FROM kept_answer WHERE merchant_id = ? AND key = ? AND kept_at < ?'),
  };
}

/** One unit's view of answers. */
export class PostgresAnswerWrites extends PostgresAnswerReads implements AnswerWrites {
  constructor(
    reads: AnswerReadStatements,
    private readonly writes: AnswerWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  async insert(
    key: string,
    { fingerprint, status, body }: StoredAnswer,
    { at, forgetBefore: before }: { readonly at: number; readonly forgetBefore: number },
  ): Promise<void> {
    const { merchantId: merchant } = this;
    await this.writes.forget.run({ merchant, before });
    await this.writes.forgetKey.run(merchant, key, before);
    await this.writes.insert.run(merchant, key, fingerprint, status, body, at);
  }
  async complete(key: string, { fingerprint, status, body }: StoredAnswer): Promise<void> {
    await this.writes.complete.run(status, body, this.merchantId, key, fingerprint);
  }
}
