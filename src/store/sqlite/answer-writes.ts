/** Changes of the answers that one merchant's requests got, on the writing connection. */
import type { Database } from 'better-sqlite3';
import { type AnswerWrites, type StoredAnswer, UNFINISHED } from '../answers';
import { type AnswerReadStatements, SqliteAnswerReads } from './answer-reads';
import { guarded } from './guarded';
import { prepareForget } from './old-answers';
import { preparingStatements, type Statement } from './statement';

/** How many old answers are forgotten with each that is kept. */
const FORGOTTEN = 10;

/** Every change, prepared once. */
export type AnswerWriteStatements = Readonly<
  Record<'insert' | 'complete' | 'forget' | 'forgetKey', Statement>
>;

/** Prepares the statements that change answers. */
export function prepareAnswerWrites(database: Database): AnswerWriteStatements {
  const prepare = preparingStatements(database);
  return {
    insert: prepare(
      `INSERT INTO kept_answer (merchant_id, key, fingerprint, status, body, kept_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    complete: prepare(
      `UPDATE kept_answer SET status = ?, body = ?
       WHERE merchant_id = ? AND key = ? AND fingerprint = ? AND status = ${UNFINISHED}`,
    ),
    forget: prepareForget(database, FORGOTTEN),
    forgetKey: prepare('DELETE FROM kept_answer WHERE merchant_id = ? AND key = ? AND kept_at < ?'),
  };
}

/** One unit's view of answers; its caller opens and closes the transaction. */
export class SqliteAnswerWrites extends SqliteAnswerReads implements AnswerWrites {
  constructor(
    reads: AnswerReadStatements,
    private readonly writes: AnswerWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  insert(
    key: string,
    { fingerprint, status, body }: StoredAnswer,
    { at, forgetBefore }: { readonly at: number; readonly forgetBefore: number },
  ): void {
    guarded(() => {
      this.writes.forget.run(forgetBefore);
      this.writes.forgetKey.run(this.merchantId, key, forgetBefore);
      this.writes.insert.run(this.merchantId, key, fingerprint, status, body, at);
    });
  }
  complete(key: string, { fingerprint, status, body }: StoredAnswer): void {
    const of = [this.merchantId, key, fingerprint];
    guarded(() => this.writes.complete.run(status, body, ...of));
  }
}
