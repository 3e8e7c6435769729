/** What a handler is given. It sees typed objects, never XML, HTTP or SQL. */
import type { Selection } from '../contract/selection';
import type { Timestamp } from '../contract/types.generated';
import type { Author } from '../ledger/record-change';
import type { Merchant, Store } from '../store/store';

/** What handlers need beside the call itself. */
export interface Surroundings {
  readonly store: Store;
  /** The IANA zone on whose calendar intervals are counted. */
  readonly timeZone: string;
  /** Now, in UTC milliseconds; never earlier than before. */
  readonly clock: () => Timestamp;
  /** A new VID or soapId: 40 hexadecimal digits. */
  readonly newId: () => string;
}

/** An authenticated call of one operation. */
export interface Call<Input> extends Surroundings {
  readonly merchant: Merchant;
  readonly soapId: string;
  readonly input: Input;
  /** What srd wants of the reply; what it leaves out need not be read. */
  readonly selection: Selection;
}

/** Whose doing it is what a call changes. */
export function authorOf({ merchant, soapId }: Call<unknown>): Author {
  return { actor: merchant.login, soapId };
}

/**
 * Does what an operation is for.
 * @returns its output parts, without `return`
 * @throws Refusal, and then nothing has changed
 */
export interface Handler<O extends { input: unknown; output: unknown }> {
  (call: Call<O['input']>): Promise<O['output']>;
  /** Parts that it takes as an InvalidValue when they are not of their type. */
  readonly takesInvalid?: readonly string[];
}
