/** The store's interface for kept answers: a repeated request gets the answer of the first. */
import type { Eventually } from './eventually';

/** How long an answer is kept, in milliseconds. Decided: docs/decisions/orders.md */
export const ANSWER_KEPT = 30 * 24 * 60 * 60 * 1000;

/** The answer to a request with an Idempotency-Key. */
export interface StoredAnswer {
  /** A digest of the request. */
  readonly fingerprint: string;
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** The status of an answer that is completed when what its change has left is done; its body says what that is about. */
export const UNFINISHED = 0;

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
  /** Completes one that was kept as UNFINISHED; any other stays. */
  complete(key: string, answer: StoredAnswer): Eventually<void>;
}

/** The answers of every merchant, for the background. */
export interface AnswersOfAll {
  /** When the oldest was kept, in UTC milliseconds; undefined: there is none. */
  oldest(): Eventually<number | undefined>;
  /**
   * Forgets the oldest of those that were kept before that moment (UTC milliseconds), a few hundred at most.
   * @returns how many
   */
  forget(before: number): Promise<number>;
}
