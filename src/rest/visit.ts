/** A REST call that is being answered. */
import type { Spent } from '../base/spent';
import type { ListCall } from './list-call';

/** A call as the log shows it: of the request's own values only ids, as LATCHKEY_LOG_IDS has them. */
export interface Trace {
  readonly callId: string;
  readonly route: string;
  readonly address: string;
  login?: string;
  key?: string;
}

/** A call that is being answered. */
export interface Visit {
  readonly trace: Trace;
  readonly started: number;
  readonly spent: Spent;
  /** Undefined: its answer is no list of any length. */
  list?: ListCall;
}
