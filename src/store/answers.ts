/** The store's interface for kept answers: a repeated request gets the answer of the first. */
import type { Eventually } from './eventually';

/** The answer to a request with an Idempotency-Key. */
export interface StoredAnswer {
  /** A digest of the request. */
  readonly fingerprint: string;
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** Look-ups of one merchant's answers. */
export interface AnswerReads {
  /** The answer of that key, unless it was kept before `keptSince` (UTC milliseconds). */
  find(key: string, keptSince: number): Eventually<StoredAnswer | undefined>;
}

/** Look-ups and changes of one merchant's answers, within a unit of work. */
export interface AnswerWrites extends AnswerReads {
  /**
   * Keeps an answer, and forgets a few of those that were kept before `forgetBefore` (UTC milliseconds): more than
   * it keeps, so that all are forgotten in the end, and never many at once.
   * @throws StoreError `refused` when the key has one
   */
  insert(
    key: string,
    answer: StoredAnswer,
    moments: { readonly at: number; readonly forgetBefore: number },
  ): Eventually<void>;
}
