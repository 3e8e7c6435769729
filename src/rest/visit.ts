/** A REST call that is being answered. */
import type { Response } from 'express';
import type { Scope } from '../base/scope';
import type { Spent } from '../base/spent';
import type { ListCall } from './list-call';

/** A caller, as far as every room has one. */
export interface Caller {
  /** The API key's name, or a person's. */
  readonly name: string;
  /** Whether it is a person, who has signed in to the console; absent: a key. */
  readonly isPerson?: boolean;
  readonly scope: Scope;
  readonly merchant: { readonly login: string };
}

/** A call as the log shows it: of the request's own values only ids, as LATCHKEY_LOG_IDS has them. */
export interface Trace {
  readonly callId: string;
  readonly route: string;
  readonly address: string;
  login?: string;
  key?: string;
  /** A person who has signed in to the console. */
  person?: string;
}

/** A call that is being answered. */
export interface Visit {
  /** Method and path as its route has them: `POST /orders/{orderId}`; undefined: nothing is at its path. */
  readonly operation: string | undefined;
  readonly trace: Trace;
  readonly started: number;
  readonly spent: Spent;
  /** Undefined: its answer is no list of any length. */
  list?: ListCall;
  /** The body that was sent; undefined: none yet, or it was made while it was sent. */
  text?: string;
  /** Is given a body of lines as it comes, a piece at a time; a piece is not to be kept. */
  onPiece?: (piece: Buffer) => void;
  /** Is given an answer that is made while it is sent, but for streams, a piece at a time; null: that was all. */
  onAnswer?: (piece: string | null) => void;
}

/**
 * Goes along with a call from its beginning until its answer is sent or broken off.
 * @param response its status is known when `answer` fulfils
 * @param answer to be called once; never rejects
 */
export type GoAlong = (
  visit: Visit,
  response: Response,
  answer: () => Promise<void>,
) => Promise<void>;

/** How the log names a caller. */
export function namesOf(caller: Omit<Caller, 'scope'>): Pick<Trace, 'login' | 'key' | 'person'> {
  const { name, merchant, isPerson } = caller;
  return { login: merchant.login, ...(isPerson ? { person: name } : { key: name }) };
}
