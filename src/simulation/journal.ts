/** The requests of a merchant that came last, with what was answered: bounded in number and bytes. */
import type { Ordered } from './faults';
import type { Expectation, MatchedCall } from './match';

/** A request that was taken down. Nothing of it is a password or payment data. */
export interface JournalEntry extends MatchedCall {
  /** The soapId, or the X-Request-Id. */
  id: string;
  /** Counts from 1 for each merchant. */
  readonly number: number;
  /** By the merchant's clock, and by the machine's; UTC milliseconds. */
  readonly at: number;
  readonly received: number;
  /** The contract's, of SOAP. */
  readonly version?: string | undefined;
  /** The bytes of a SOAP request as text; undefined: they could not be shown without secrets. */
  readonly raw?: string | undefined;
  /** Sentences of a strict reading. */
  readonly problems: readonly string[];
  /** The number of the merchant's last event before it. */
  readonly after: number;
  /** The fault that struck it. */
  fault?: Ordered['fault'] | undefined;
  /** What was sent; undefined: nothing, or it is not sent yet. */
  reply?: { readonly status: number; readonly body: string; readonly isCut: boolean } | undefined;
  returnCode?: number | undefined;
  returnString?: string | undefined;
}

/** The most requests of a merchant, and the most bytes of them, as they lie in memory. */
const MOST = 1000;
const MOST_BYTES = 8 * 2 ** 20;

/** The most bytes of all merchants' together. */
const MOST_OF_ALL = 128 * 2 ** 20;

/** The most characters of a body that are kept. */
const MOST_TEXT = 2 ** 16;

/** Counts what all journals hold. */
export class JournalSpace {
  /** How many journals share it. */
  journals = 0;

  /** The bytes that one journal may hold. */
  get share(): number {
    return Math.min(MOST_BYTES, MOST_OF_ALL / Math.max(1, this.journals));
  }
}

/** One merchant's. */
export class Journal {
  /** What a test last asked about the requests; undefined: nothing, since they were forgotten. */
  asked: Expectation | undefined;
  private readonly kept: JournalEntry[] = [];
  private readonly sizes: number[] = [];
  private bytes = 0;
  private count = 0;

  constructor(private readonly space: JournalSpace) {
    space.journals += 1;
  }

  /** The number that the next request gets. */
  get next(): number {
    return this.count + 1;
  }

  /** The oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.kept;
  }

  /** Takes a request down. */
  add(entry: JournalEntry): void {
    this.count = entry.number;
    const size = sizeOf(entry);
    this.kept.push(entry);
    this.sizes.push(size);
    this.bytes += size;
    this.bound();
  }

  /** Takes down what was answered. */
  answer(entry: JournalEntry, status: number, body: string): void {
    const isCut = body.length > MOST_TEXT;
    entry.reply = { status, body: isCut ? body.slice(0, MOST_TEXT) : body, isCut };
    const index = this.kept.lastIndexOf(entry);
    if (index < 0) return;
    const size = 2 * entry.reply.body.length;
    this.sizes[index] = (this.sizes[index] ?? 0) + size;
    this.bytes += size;
    this.bound();
  }

  find(id: string): JournalEntry | undefined {
    return this.kept.find((entry) => entry.id === id);
  }

  clear(): void {
    this.asked = undefined;
    this.kept.length = 0;
    this.sizes.length = 0;
    this.bytes = 0;
  }

  /** To be called when it is used no more. */
  close(): void {
    this.clear();
    this.space.journals -= 1;
  }

  private bound(): void {
    while (this.kept.length > MOST || (this.bytes > this.space.share && this.kept.length > 1)) {
      this.kept.shift();
      this.bytes -= this.sizes.shift() ?? 0;
    }
  }
}

/** A text as it is kept. */
export function kept(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}

/** Two bytes a character, and what an entry is beside its texts. */
function sizeOf({ raw = '', fields, problems }: JournalEntry): number {
  return 500 + 2 * (raw.length + JSON.stringify(fields).length + problems.join('').length);
}
