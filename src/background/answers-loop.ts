/** Forgets the answers to requests with an Idempotency-Key when their time is over, a batch at a time. */
import { ANSWER_KEPT } from '../store/answers';
import type { Store } from '../store/store';
import type { Loop } from './loop';

/** An answer is forgotten this much later, in milliseconds, and many together: each batch is a commit. */
const LATER = 60 * 60 * 1000;

export function createAnswersLoop(store: Pick<Store, 'answers' | 'now'>): Loop {
  return {
    name: 'old answers',
    due: async () => {
      const oldest = await store.answers.oldest();
      return oldest === undefined ? undefined : oldest + ANSWER_KEPT + LATER;
    },
    run: async () => {
      await store.answers.forget(store.now() - ANSWER_KEPT);
    },
  };
}
