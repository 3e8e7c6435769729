/** Look-ups of the answers that one merchant's requests got. */
import type { AnswerReads, StoredAnswer } from '../answers';
import type { Prepare, Query } from './query';

/** Every look-up, prepared once. */
export interface AnswerReadStatements {
  readonly answer: Query<StoredAnswer>;
}

/** Prepares them. */
export function prepareAnswerReads(prepare: Prepare): AnswerReadStatements {
  return {
    answer: prepare<StoredAnswer>(
      `SELECT fingerprint, status, body FROM kept_answer
       WHERE merchant_id = ? AND key = ? AND kept_at >= ?`,
    ),
  };
}

/** Answers of one merchant. */
export class PostgresAnswerReads implements AnswerReads {
  constructor(
    private readonly reads: AnswerReadStatements,
    protected readonly merchantId: number,
  ) {}

  find(key: string, keptSince: number): Promise<StoredAnswer | undefined> {
    return this.reads.answer.get(this.merchantId, key, keptSince);
  }
}
