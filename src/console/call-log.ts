/**
 * The last calls, in memory: bounded in number or age, and in bytes. They are kept as they came and were answered;
 * nothing is read or taken out before somebody looks, so that no call waits for it.
 * Decided: docs/decisions/calls.md
 */
import type { KeptCalls } from '../base/kept-calls';

/** A call as it came and was answered. */
export interface KeptCall {
  /** The soapId, or the X-Request-Id. */
  readonly id: string;
  /** When it was answered, in UTC milliseconds. */
  readonly at: number;
  readonly api: 'soap' | 'rest';
  /** `Account.isEntitled`; of REST `GET /access`. */
  readonly operation: string;
  readonly version: string | undefined;
  /** The merchant that it named; undefined: none, or it could not be read. */
  readonly login: string | undefined;
  /** The name of the API key, or the person. */
  readonly key: string | undefined;
  readonly address: string;
  /** returnCode, faultcode or HTTP status. */
  readonly code: string;
  readonly message: string | undefined;
  readonly ms: number;
  /** Undefined: its body was not read, or its length is not known. */
  readonly requestBytes: number | undefined;
  readonly replyBytes: number | undefined;
  /** The body with all that is secret: to be taken out before it is shown. Undefined: none, or it was too long. */
  readonly request: Buffer | string | undefined;
  readonly reply: string | undefined;
  /** Whether a body was too long to be kept. */
  readonly isCut: boolean;
  readonly contentType: string | undefined;
  readonly soapAction: string | undefined;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
}

/** A call with its number: they count up as the calls are answered. */
export type NumberedCall = readonly [number: number, call: KeptCall];

/** The most bytes of all together, as they lie in memory; more where they are kept by their age. */
const MOST_BYTES = 32 * 2 ** 20;
const MOST_BYTES_BY_AGE = 256 * 2 ** 20;

/** The longest request and reply that are kept, in bytes or characters. */
export const MOST_TEXT = 2 ** 16;

/** A call beside its texts, in bytes. */
const EACH = 600;

const DAY = 24 * 60 * 60 * 1000;

/** Keeps them. */
export class CallLog {
  /** By number: those from the first to the last. */
  private readonly calls = new Map<number, KeptCall>();
  private first = 1;
  private last = 0;
  private bytes = 0;
  private readonly most: number;
  private readonly mostBytes: number;
  private readonly age: number;

  constructor(kept: KeptCalls) {
    this.most = kept.kind === 'number' ? kept.number : Infinity;
    this.mostBytes = kept.kind === 'days' ? MOST_BYTES_BY_AGE : MOST_BYTES;
    this.age = kept.kind === 'days' ? kept.days * DAY : Infinity;
  }

  /** Adds the newest; the oldest go where there are too many. */
  add(call: KeptCall): void {
    this.last += 1;
    this.calls.set(this.last, call);
    this.bytes += sizeOf(call);
    // By number: walking a map steps over all that was deleted from it.
    for (let { oldest } = this; oldest && this.isTooMuch(oldest, call.at); { oldest } = this) {
      this.calls.delete(this.first);
      this.first += 1;
      this.bytes -= sizeOf(oldest);
    }
  }

  /** The newest first. @param before the number of the call where to begin, which is left out; default: at the newest */
  *newestFirst(before = this.last + 1): Generator<NumberedCall> {
    for (let number = Math.min(before - 1, this.last); ; number -= 1) {
      const call = this.calls.get(number);
      if (!call) return;
      yield [number, call];
    }
  }

  /** The oldest that is kept. */
  get oldest(): KeptCall | undefined {
    return this.calls.get(this.first);
  }

  private isTooMuch({ at }: KeptCall, now: number): boolean {
    const { size } = this.calls;
    return size > this.most || this.bytes > this.mostBytes || at < now - this.age;
  }
}

/** Of a text two bytes a character. Whatever a client may make long is counted: headers have 16 KiB. */
function sizeOf(call: KeptCall): number {
  const { request = '' } = call;
  let characters = 0;
  for (const name of TEXTS) characters += call[name]?.length ?? 0;
  const sent = typeof request === 'string' ? 2 * request.length : request.length;
  return EACH + sent + 2 * characters;
}

const TEXTS = [
  'operation',
  'version',
  'login',
  'key',
  'message',
  'reply',
  'contentType',
  'soapAction',
  'path',
] as const;
