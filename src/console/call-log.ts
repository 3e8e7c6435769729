/**
 * The last calls, in memory: bounded in number or age, and in bytes. They are kept as they came and were answered;
 * nothing is read or taken out before somebody looks, so that no call waits for it.
 * Decided: docs/decisions/calls.md
 */
import type { KeptCalls } from '../base/kept-calls';
import { type CallHead, type KeptCall, Memory } from './kept-call';

/** A call that is kept; its number counts up as calls are answered. */
export interface Found {
  readonly number: number;
  readonly head: CallHead;
  /** Reads all of it; not after another call was added. */
  readonly whole: () => KeptCall;
}

/** What of the calls is wanted. */
interface Wanted {
  /** The number of the call where to begin, which is left out; default: at the newest. */
  readonly before?: number | undefined;
  /** Their ids begin so. */
  readonly idStart?: string;
}

/** The bytes of a block: the longest request and reply fit into it several times. */
const BLOCK = 2 ** 20;

/** The most blocks; more where calls are kept by their age. */
const MOST_BLOCKS = 32;
const MOST_BLOCKS_BY_AGE = 256;

/** The longest request and reply that are kept, in bytes or characters. */
export const MOST_TEXT = 2 ** 16;

const DAY = 24 * 60 * 60 * 1000;

/** Calls with consecutive numbers. */
interface Block {
  readonly memory: Memory;
  /** The number of its first call. */
  first: number;
  /** Where each call begins. */
  readonly starts: number[];
  /** Where the next one begins. */
  end: number;
}

/**
 * Keeps them in blocks of memory that are used again: objects and texts that live for a thousand calls would cost the
 * collector of garbage more than a call can pay.
 */
export class CallLog {
  private readonly blocks: Block[] = [];
  private free: Memory | undefined;
  private first = 1;
  private last = 0;
  private readonly most: number;
  private readonly mostBlocks: number;
  private readonly age: number;

  constructor(kept: KeptCalls) {
    this.most = kept.kind === 'number' ? kept.number : Infinity;
    this.mostBlocks = kept.kind === 'days' ? MOST_BLOCKS_BY_AGE : MOST_BLOCKS;
    this.age = kept.kind === 'days' ? kept.days * DAY : Infinity;
  }

  /** Adds the newest; the oldest go where there are too many. */
  add(call: KeptCall): void {
    if (!this.write(this.blocks.at(-1), call) && !this.write(this.newBlock(), call)) return;
    this.last += 1;
    while (this.first < this.last && this.isTooMuch(call.at)) this.forgetOldest();
  }

  /** The newest first. */
  *newestFirst({ before = this.last + 1, idStart = '' }: Wanted = {}): Generator<Found> {
    let number = Math.min(before - 1, this.last);
    for (let index = this.blocks.length - 1; index >= 0; index -= 1) {
      const { memory, first, starts } = this.blocks[index] as Block;
      for (; number >= Math.max(first, this.first); number -= 1) {
        const start = starts[number - first] as number;
        if (memory.hasIdThatStarts(start, idStart)) yield found(memory, start, number);
      }
    }
  }

  /** When the oldest that is kept was answered. */
  get since(): number | undefined {
    const [oldest] = this.blocks;
    return oldest?.memory.readMoment(oldest.starts[this.first - oldest.first] as number);
  }

  /** @returns whether there was room for it */
  private write(block: Block | undefined, call: KeptCall): boolean {
    const end = block?.memory.write(block.end, call);
    if (!block || end === undefined) return false;
    block.starts.push(block.end);
    block.end = end;
    return true;
  }

  private newBlock(): Block {
    if (this.blocks.length >= this.mostBlocks) this.forgetBlock();
    const memory = this.free ?? new Memory(BLOCK);
    this.free = undefined;
    const block = { memory, first: this.last + 1, starts: [], end: 0 };
    this.blocks.push(block);
    return block;
  }

  private isTooMuch(now: number): boolean {
    if (this.last - this.first >= this.most) return true;
    return this.age !== Infinity && (this.since ?? now) < now - this.age;
  }

  private forgetOldest(): void {
    this.first += 1;
    const next = this.blocks[1];
    if (next && this.first >= next.first) this.forgetBlock();
  }

  private forgetBlock(): void {
    this.free = this.blocks.shift()?.memory;
    this.first = this.blocks[0]?.first ?? this.last + 1;
  }
}

function found(memory: Memory, start: number, number: number): Found {
  const head = memory.readHead(start);
  return { number, head, whole: () => ({ ...head, ...memory.readBodies(start, head.api) }) };
}
