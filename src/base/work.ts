/** The circumstances of a change: its author, moment, call and calendar. */

/** The server's part of every piece of work. */
export interface WorkTools {
  /** The IANA zone on whose calendar days and periods are counted. */
  readonly timeZone: string;
  /** A new VID or call id: 40 hexadecimal digits. */
  readonly newId: () => string;
}

/** One piece of work, as the rules get it. */
export interface Work extends WorkTools {
  /** The author: a merchant's login, the name of an API key, or OPERATOR. */
  readonly actor: string;
  /** Names the call in the ledger and the log; undefined: it was no call. */
  readonly callId: string | undefined;
  /** When it is done, in UTC milliseconds: the moment of its unit of work. */
  readonly now: number;
}

/** The author of changes on the command line. */
export const OPERATOR = 'operator';

/** The author of changes that time alone, or the server by itself, made. */
export const TIME = 'latchkey';

/** Authors that are neither logins nor names of keys, and whom the ledger means by them. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  [TIME, 'time itself'],
  [OPERATOR, 'you'],
]);

/** Whom the ledger would mean by a name, in whatever case and width it is written; undefined: nobody else. */
export function reservedFor(name: string): string | undefined {
  return RESERVED.get(name.normalize('NFKC').trim().toLowerCase());
}
