/** Carries out a request once, however often it is sent with the same Idempotency-Key. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ANSWER_KEPT, type StoredAnswer, UNFINISHED } from '../store/answers';
import { ERASED } from '../store/erasures';
import { Refusal, unprocessable } from '../base/refusal';
import { toApiError } from '../rest/api-error';
import { ok } from '../rest/ok';
import type { Changed } from '../rest/route';
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
export interface ChangeInput {
  readonly params?: unknown;
  readonly headers: z.output<typeof ChangeHeaders>;
  readonly body?: unknown;
}

/** The answer to a change. */
interface Answered<T> {
  readonly status: 200;
  readonly body: T;
  readonly changed?: Changed;
}

interface Extras<T> {
  /** The answer as a repeat gets it; default: the same. */
  readonly toKept?: (body: T) => T;
  /** What the log is to say of a change that has no line in the ledger. */
  readonly changed?: (body: T) => Changed;
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
  { toKept = (body) => body, changed }: Extras<T> = {},
): Promise<Answered<T>> {
  const key = input.headers['idempotency-key'];
  if (key === undefined) return noting(ok(await change()), changed);
  const of = [name, input.params, input.body];
  const { answer, isRepeat } = await keepAnswer(unit, { key, of }, change, toKept);
  return isRepeat ? answer : noting(answer, changed);
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
 * @param toKept makes the body that is kept, and that a repeat gets; default: the same
 * @throws Refusal 422 when the key was used for another request
 */
export async function keepAnswer<T>(
  unit: Pick<UnitOfWork, 'answers' | 'now'>,
  { key, of }: OnlyOnce,
  change: () => Promise<T>,
  toKept = (body: T) => body,
): Promise<{ readonly answer: { status: 200; body: T }; readonly isRepeat: boolean }> {
  const fingerprint = digest(of);
  const forgetBefore = unit.now() - ANSWER_KEPT;
  const known = await unit.answers.find(key, forgetBefore);
  if (known) return { answer: repeat<T>(known, fingerprint), isRepeat: true };
  const answer = await carryOut(change);
  const at = unit.now();
  // A refusal comes as an answer, too, and has nothing to leave out.
  const shown = isRefusal(answer) ? answer.body : toKept(answer.body);
  const kept =
    shown instanceof Unshown
      ? { fingerprint, status: UNFINISHED, body: JSON.stringify(shown.subject) }
      : { fingerprint, status: answer.status, body: JSON.stringify(shown) };
  await unit.answers.insert(key, kept, { at, forgetBefore });
  return { answer, isRepeat: false };
}

/** What an answer is to show when all is done. */
export class Unshown {
  /** @param subject what it is about, as JSON keeps it */
  constructor(readonly subject: unknown) {}
}

/** Whether an answer is one that `carryOut` made of a refusal. */
function isRefusal({ status }: { readonly status: number }): boolean {
  return status >= 400;
}

/** The log gets what a change has changed; of a refusal there is nothing. */
function noting<T>(answer: Answered<T>, changed: Extras<T>['changed']): Answered<T> {
  if (!changed || isRefusal(answer)) return answer;
  return { ...answer, changed: changed(answer.body) };
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
  const value: unknown = JSON.parse(body);
  return status === UNFINISHED ? asAnswer<T>(200, new Unshown(value)) : asAnswer<T>(status, value);
}

/** Routes name the answers that are no errors; one that is has the shape that every call's has. */
function asAnswer<T>(status: number, body: unknown): { status: 200; body: T } {
  return { status: status as 200, body: body as T };
}

/** What distinguishes a request from others with the same key. */
export function digest(parts: readonly unknown[]): string {
  const text = JSON.stringify(parts.map((part) => part ?? null));
  return createHash('sha256').update(text).digest('base64');
}
