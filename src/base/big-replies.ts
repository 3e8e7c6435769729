/**
 * Bounds what large replies take, of SOAP and of REST: memory while they wait for their readers, and time from other
 * calls.
 * Decided: docs/decisions/big-replies.md
 */

/** From how many bytes on a reply is large. */
export const BIG = 2 ** 18;

/** The bytes of large replies that may wait for their readers: of all callers, and of one. */
const MOST = 48 * 2 ** 20;
const MOST_OF_ONE = MOST / 2;

/** What a reply that is made while it is written counts for, in bytes: a page of rows, and its text. */
export const HELD = 2 ** 18;

/** The size of a kind whose first reply is under way: nobody knows. */
const PROBED = Infinity;

/** What a large size counts for after the next reply, if that is smaller: some dozens of them forget it. */
const FADING = 0.9;

/** Kinds of call whose last size is remembered; beyond, all are forgotten. */
const MOST_KINDS = 10_000;

/** A kind of call, by the size of whose last replies the next is judged. */
export interface ReplyKind {
  /** The caller's login. */
  readonly caller: string;
  /** The operation and the caller. */
  readonly name: string;
}

interface Waiting {
  readonly kind: ReplyKind;
  readonly go: () => void;
}

/**
 * Empty turns of the event loop between two large replies. One takes in one new connection: with less,
 * those that open one would wait for all that came before them.
 */
const TURNS = 100;

function afterTurns(act: () => void, left = TURNS): void {
  if (left === 0) act();
  else setImmediate(() => afterTurns(act, left - 1));
}

/** Lets calls with large replies through one after another. */
export class BigReplies {
  private readonly sizes = new Map<string, number>();
  private waiting: Waiting[] = [];
  /** Whether one of those that waited is being carried out, and whether another is looked for soon. */
  private busy = false;
  private looking = false;
  private unread = 0;
  private readonly unreadOf = new Map<string, number>();
  private lastCaller = '';

  /**
   * @param onLarge called when a large reply begins to wait for its reader, and to be called for each further piece of it
   * @param later calls when what has come meanwhile has had its turn
   */
  constructor(
    readonly onLarge: () => void = () => undefined,
    private readonly later: (act: () => void) => void = afterTurns,
  ) {}

  /**
   * To be asked before a call is carried out.
   * @returns undefined: it may go on at once; else when it may
   */
  enter(kind: ReplyKind): Promise<void> | undefined {
    const { name } = kind;
    const size = this.sizes.get(name);
    if (size !== undefined && size < BIG) return undefined;
    if (size === undefined) {
      if (this.sizes.size >= MOST_KINDS) this.sizes.clear();
      // Until the size of the first is known, others of its kind come one after another.
      this.sizes.set(name, PROBED);
      return undefined;
    }
    return new Promise((go) => {
      this.waiting.push({ kind, go });
      this.look();
    });
  }

  /**
   * To be called when the reply of a call is written down.
   * @param waited whether `enter` made it wait
   */
  leave({ name }: ReplyKind, bytes: number, waited: boolean): void {
    const known = this.sizes.get(name);
    // Also where its kind has become small meanwhile: the next goes on when this one has left.
    if (waited) this.busy = false;
    if (known !== undefined && known < BIG && bytes < BIG) {
      this.look();
      return;
    }
    const expected = known === PROBED ? bytes : Math.max(bytes, FADING * (known ?? 0));
    this.sizes.set(name, expected);
    if (expected < BIG) this.letGo(name);
    this.look();
  }

  /** Counts bytes of a caller that wait for their reader; negative: they wait no more. */
  count({ caller }: ReplyKind, bytes: number): void {
    this.unread += bytes;
    const left = (this.unreadOf.get(caller) ?? 0) + bytes;
    if (left > 0) this.unreadOf.set(caller, left);
    else this.unreadOf.delete(caller);
    if (bytes < 0) this.look();
    else this.onLarge();
  }

  /** Those of a kind whose replies turned out to be small need not wait. */
  private letGo(name: string): void {
    const small = this.waiting.filter(({ kind }) => kind.name === name);
    if (small.length === 0) return;
    this.waiting = this.waiting.filter(({ kind }) => kind.name !== name);
    for (const { go } of small) go();
  }

  /** Looks a little later for one that may go on: whatever else has come is carried out before. */
  private look(): void {
    if (this.looking || this.waiting.length === 0) return;
    this.looking = true;
    this.later(() => {
      this.looking = false;
      this.goOn();
    });
  }

  private goOn(): void {
    if (this.busy || this.unread >= MOST) return;
    const may = ({ kind }: Waiting) => (this.unreadOf.get(kind.caller) ?? 0) < MOST_OF_ONE;
    // Each caller in turn, as far as there are several.
    const next =
      this.waiting.find((one) => one.kind.caller !== this.lastCaller && may(one)) ??
      this.waiting.find(may);
    if (!next) return;
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.busy = true;
    this.lastCaller = next.kind.caller;
    next.go();
  }
}
