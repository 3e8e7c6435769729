/**
 * The bytes of a body while it comes in: memory grows with the bytes received, however small the pieces.
 * Decided: docs/decisions/large-requests.md
 */

/** The least that is set aside when a body comes in pieces. */
const FIRST_CAPACITY = 4096;

/**
 * From how many bytes on a body has pages of memory of its own. Megabytes that are taken from the allocator and given back
 * again and again leave holes that it keeps.
 */
const OWN_PAGES = 2 ** 15;

/** Bytes that are put one after the other. */
export class GrowingBody {
  length = 0;
  private kept: Buffer = EMPTY;

  /** @param most the bytes that are taken */
  constructor(private readonly most: number) {}

  /**
   * Adds a piece. One that comes alone is kept as it is, and not copied.
   * @returns false: with it they would be more than are taken, and it was left out
   */
  add(piece: Buffer): boolean {
    const before = this.length;
    const length = before + piece.length;
    if (length > this.most) return false;
    this.length = length;
    if (before === 0) {
      this.kept = piece;
      return true;
    }
    if (length > this.kept.length || before === this.kept.length) this.grow(before);
    piece.copy(this.kept, before);
    return true;
  }

  /** All that has come. */
  bytes(): Buffer {
    return this.kept.length === this.length ? this.kept : this.kept.subarray(0, this.length);
  }

  /** An array of pieces would keep hundreds of bytes for each, were it one byte long. */
  private grow(before: number): void {
    const capacity = Math.max(FIRST_CAPACITY, 2 * this.length);
    const { buffer } = this.kept;
    if (isOwn(buffer)) {
      // Where it lies: nothing is copied, and nothing is left to be collected.
      buffer.resize(Math.min(capacity, this.most));
      this.kept = Buffer.from(buffer);
      return;
    }
    const larger = capacity > OWN_PAGES ? this.ownPages(capacity) : Buffer.allocUnsafe(capacity);
    this.kept.copy(larger, 0, 0, before);
    this.kept = larger;
  }

  private ownPages(capacity: number): Buffer {
    const bytes = Math.min(capacity, this.most);
    return Buffer.from(new ArrayBuffer(bytes, { maxByteLength: this.most }));
  }
}

const EMPTY = Buffer.alloc(0);

/** Whether it is memory of a body alone: nothing else is made so that it can grow. */
function isOwn(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer instanceof ArrayBuffer && buffer.resizable;
}

/**
 * Gives the memory of a body back at once, as far as it is its own: nobody may read its bytes any more, other threads
 * neither. The collector of garbage would give it back much later, when others have come.
 */
export function letGoOf({ buffer }: Buffer): void {
  if (isOwn(buffer)) buffer.resize(0);
}

/** The same bytes, for one who keeps them for longer than their body is. */
export function outlasting(bytes: Buffer): Buffer {
  return isOwn(bytes.buffer) ? Buffer.from(bytes) : bytes;
}
