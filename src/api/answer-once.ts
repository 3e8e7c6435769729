/** Carries out a request once, however often it is sent with the same Idempotency-Key. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ANSWER_KEPT, type StoredAnswer } from '../store/answers';
import { ERASED } from '../store/erasures';
import { Refusal, unprocessable } from '../base/refusal';
import { toApiError } from '../rest/api-error';
import { ok } from '../rest/ok';
import type { UnitOfWork } from '../store/store';
import type { ChangingCall } from './context';

/** The headers of every call that changes an order. */
export const ChangeHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({
      description:
        'A name of your own for this request. Sent again with the same name, it gets the first ' +
        'answer and changes nothing.',
    }),
});

/** The parts of a request that its answer is kept for. */
interface ChangeInput {
  readonly params?: unknown;
  readonly headers: z.output<typeof ChangeHeaders>;
  readonly body?: unknown;
}

/**
 * Carries out a change; its answer is kept in the same unit of work. The same request with the same
 * key gets that answer, be it a refusal, and changes nothing.
 * @param name what names the route
 * @param change refuses before it writes anything, for a refusal is kept, too
 * @throws Refusal 422 when the key was used for another request, or what `change` throws
 */
export async function answerOnce<T>(
  { unit, input }: ChangingCall<ChangeInput>,
  name: string,
  change: () => Promise<T>,
): Promise<{ status: 200; body: T }> {
  const key = input.headers['idempotency-key'];
  if (key === undefined) return ok(await change());
  const { answer } = await keepAnswer(unit, { key, of: [name, input.params, input.body] }, change);
  return answer;
}

/** A request that is carried out once. */
interface OnlyOnce {
  /** Its name among the merchant's. */
  readonly key: string;
  /** All that distinguishes it from another request with the same name. */
  readonly of: readonly unknown[];
}

/**
 * The answer that is kept for a request, or else the change's, which is kept.
 * @param change refuses before it writes anything, for a refusal is kept, too
 * @throws Refusal 422 when the key was used for another request
 */
export async function keepAnswer<T>(
  unit: Pick<UnitOfWork, 'answers' | 'now'>,
  { key, of }: OnlyOnce,
  change: () => Promise<T>,
): Promise<{ readonly answer: { status: 200; body: T }; readonly isRepeat: boolean }> {
  const fingerprint = digest(of);
  const forgetBefore = unit.now() - ANSWER_KEPT;
  const known = await unit.answers.find(key, forgetBefore);
  if (known) return { answer: repeat<T>(known, fingerprint), isRepeat: true };
  const answer = await carryOut(change);
  const at = unit.now();
  const kept = { fingerprint, status: answer.status, body: JSON.stringify(answer.body) };
  await unit.answers.insert(key, kept, { at, forgetBefore });
  return { answer, isRepeat: false };
}

/** Answers a refusal instead of throwing it: an error would roll back the answer that is kept. */
async function carryOut<T>(change: () => Promise<T>): Promise<{ status: 200; body: T }> {
  try {
    return ok(await change());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { statusCode, ...body } = toApiError(error).toBody();
    return asAnswer<T>(statusCode, { statusCode, ...body });
  }
}

function repeat<T>({ fingerprint, status, body }: StoredAnswer, asked: string) {
  if (fingerprint === ERASED) {
    throw unprocessable('The answer to this Idempotency-Key was erased with personal data.');
  }
  if (fingerprint !== asked)
    throw unprocessable('This Idempotency-Key was used for another request.');
  return asAnswer<T>(status, JSON.parse(body));
}

/** Routes name the answers that are no errors; one that is has the shape that every call's has. */
function asAnswer<T>(status: number, body: unknown): { status: 200; body: T } {
  return { status: status as 200, body: body as T };
}

function digest(parts: readonly unknown[]): string {
  const text = JSON.stringify(parts.map((part) => part ?? null));
  return createHash('sha256').update(text).digest('base64');
}
