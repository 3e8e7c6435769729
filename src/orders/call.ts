/** What changing orders needs beside the store: whose doing it is, the time, new ids. */

/** Whose doing a change is, and what making one needs; any call gives it. */
export interface Work {
  /** The name of an API key; `operator` for the command line. */
  readonly actor: string;
  /** Undefined: it was no call. */
  readonly callId: string | undefined;
  /** Now, in UTC milliseconds. */
  readonly clock: () => number;
  /** A new VID: 40 hexadecimal digits. */
  readonly newId: () => string;
}
