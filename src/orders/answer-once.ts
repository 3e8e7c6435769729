/** Carries out a request once, however often it is sent with the same Idempotency-Key. */
import { createHash } from 'node:crypto';
import type { StoredAnswer } from '../store/orders';
import type { UnitOfWork } from '../store/store';
import type { OrderCall } from './call';
import { keyUsedOtherwise, OrderRefusal } from './refusals';

const DAY = 24 * 60 * 60 * 1000;

/** How long an answer is kept, in milliseconds (decided). */
const KEPT = 30 * DAY;

const OK = 200;

/** A request that changes something. */
export interface ChangeRequest {
  /** Its Idempotency-Key; undefined: it is carried out each time. */
  readonly key: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/**
 * Carries out a change as one unit of work, in which its answer is kept, too. The same request with
 * the same key gets that answer and changes nothing; so does one that was refused.
 * @param change answers what can be written as JSON
 * @throws OrderRefusal 422 when the key was used for another request, or what `change` throws
 */
export async function answerOnce<T>(
  call: OrderCall,
  request: ChangeRequest,
  change: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const { key } = request;
  if (key === undefined) return call.store.transact(call.merchant.id, change);
  const fingerprint = digest(request);
  const keep = async (unit: UnitOfWork, status: number, body: unknown) => {
    const at = call.clock();
    const answer = { fingerprint, status, body: JSON.stringify(body) };
    await unit.orders.insertAnswer(key, answer, { at, forgetBefore: at - KEPT });
  };
  try {
    return await call.store.transact(call.merchant.id, async (unit) => {
      const known = await unit.orders.findAnswer(key);
      if (known) return repeat<T>(known, fingerprint);
      const answer = await change(unit);
      await keep(unit, OK, answer);
      return answer;
    });
  } catch (error) {
    if (!(error instanceof OrderRefusal)) throw error;
    // The unit of the refusal was rolled back, so its answer is kept by another.
    await call.store.transact(call.merchant.id, async (unit) => {
      if (await unit.orders.findAnswer(key)) return;
      await keep(unit, error.statusCode, { message: error.message });
    });
    throw error;
  }
}

function repeat<T>({ fingerprint, status, body }: StoredAnswer, asked: string): T {
  if (fingerprint !== asked) throw keyUsedOtherwise();
  const answer: unknown = JSON.parse(body);
  if (status === OK) return answer as T;
  throw new OrderRefusal(status, (answer as { message: string }).message);
}

function digest({ method, path, body }: ChangeRequest): string {
  const text = JSON.stringify([method, path, body ?? null]);
  return createHash('sha256').update(text).digest('base64');
}
