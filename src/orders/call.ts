/** What changing orders needs beside the store: whose doing it is, the time, new ids. */
import type { ApiCall } from '../rest/route';

/** Whose doing a change is, and what making one needs; any call gives it. */
export interface Work extends Pick<ApiCall<unknown>, 'clock' | 'newId' | 'actor'> {
  /** Undefined: it was no call. */
  readonly callId: string | undefined;
}
