/**
 * Answers that show what a change has brought about: when all of it is, which may be left to further units of work.
 * Decided: docs/decisions/work.md
 */
import { afterUnit, hasLeft, isCarriedOn } from '../batches/left-over';
import { ok } from '../rest/ok';
import type { Reader } from '../store/store';
import { type ChangeInput, digest, keepAnswer, Unshown } from './answer-once';
import type { ChangingCall } from './context';

/** A change, and how it is shown. */
export interface Shown<Subject, T> {
  /** Names the route. */
  readonly name: string;
  /** Refuses before it writes anything, for a refusal is kept, too. @returns what it was about, as JSON keeps it */
  readonly change: () => Promise<Subject>;
  /** @param now UTC milliseconds */
  readonly show: (reader: Reader, subject: Subject, now: number) => Promise<T>;
  /** Whether that is too much for a unit of work; default: never. */
  readonly isMuch?: (subject: Subject) => boolean;
}

/**
 * Carries out a change once, as `answerOnce` does. Its answer is kept with it or, where something is left, when that is
 * done: a repeat before that is shown what is there then.
 * @throws Refusal 422 when the key was used for another request, or what `change` throws
 */
export async function answerShown<Subject, T>(
  { unit, work, input }: ChangingCall<ChangeInput>,
  { name, change, show, isMuch = () => false }: Shown<Subject, T>,
): Promise<{ readonly status: 200; readonly body: T }> {
  const key = input.headers['idempotency-key'];
  const request = key === undefined ? undefined : { key, of: [name, input.params, input.body] };
  const act = async () => {
    const subject = await change();
    const isLater = isCarriedOn(unit) && (hasLeft(unit) || isMuch(subject));
    return isLater ? new Unshown(subject) : show(unit, subject, work.now);
  };
  const { answer, isRepeat } = request
    ? await keepAnswer(unit, request, act)
    : { answer: ok(await act()), isRepeat: false };
  const { status, body } = answer;
  if (!(body instanceof Unshown)) return { status, body };
  const subject = body.subject as Subject;
  if (!isCarriedOn(unit)) return { status, body: await show(unit, subject, work.now) };
  const reader = unit.afterwards;
  const shown: { status: 200; body?: T } = { status };
  afterUnit(unit, async (transact) => {
    const erased = await reader.erasures.last();
    shown.body = await show(reader, subject, reader.now());
    if (!request || isRepeat) return;
    const kept = { fingerprint: digest(request.of), status, body: JSON.stringify(shown.body) };
    await transact(async ({ answers, erasures }) => {
      // Personal data that were erased meanwhile would come back.
      if ((await erasures.last()) === erased) await answers.complete(request.key, kept);
    });
  });
  return shown as { status: 200; body: T };
}
