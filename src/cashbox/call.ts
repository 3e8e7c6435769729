/** The arguments of a handler. It sees typed objects, never XML, HTTP or SQL. */
import type { Work, WorkTools } from '../base/work';
import type { Selection } from '../contract/selection';
import type { Merchant, Store, UnitOfWork } from '../store/store';
import type { CallStore } from '../store/timed-store';

/** The server's part of every call. */
export interface CallSurroundings extends WorkTools {
  readonly store: CallStore;
}

/** The same with all that is kept. */
export interface Surroundings extends CallSurroundings {
  readonly store: Store;
}

/** An authenticated call of one operation. */
export interface Call<Input> extends CallSurroundings {
  readonly merchant: Merchant;
  readonly soapId: string;
  readonly input: Input;
  /** The elements that srd asks for; others need not be read. */
  readonly selection: Selection;
}

/** A call as the rules see it: its merchant's work, now, on the server's calendar. */
export function workOf(
  { merchant, soapId: callId, timeZone, newId }: Omit<Call<unknown>, 'input'>,
  unit: Pick<UnitOfWork, 'now'>,
): Work {
  return { actor: merchant.login, callId, now: unit.now(), timeZone, newId };
}

/**
 * Does what an operation is for.
 * @returns its output parts, without `return`
 * @throws Refusal, and then nothing has changed, but for what a call of much to do has done in units of its own
 */
export interface Handler<O extends { input: unknown; output: unknown }> {
  (call: Call<O['input']>): Promise<O['output']>;
  /** Parts that it takes as an InvalidValue when they are not of their type. */
  readonly takesInvalid?: readonly string[];
  /** Parts that it takes as a SentValue, with the text that the request holds. */
  readonly takesText?: readonly string[];
}
