/** The bytes of a body while it comes in: memory grows with the bytes received, however small the pieces. */

/** The least that is set aside when a body comes in pieces. */
const FIRST_CAPACITY = 4096;

/** Bytes that are put one after the other. */
export class GrowingBody {
  length = 0;
  private kept: Buffer = EMPTY;

  /** Adds a piece. One that comes alone is kept as it is, and not copied. */
  add(piece: Buffer): void {
    const before = this.length;
    this.length += piece.length;
    if (before === 0) {
      this.kept = piece;
      return;
    }
    if (this.length > this.kept.length || before === this.kept.length) this.grow(before);
    piece.copy(this.kept, before);
  }

  /** All that has come. */
  bytes(): Buffer {
    return this.kept.length === this.length ? this.kept : this.kept.subarray(0, this.length);
  }

  /** An array of pieces would keep hundreds of bytes for each, were it one byte long. */
  private grow(before: number): void {
    const larger = Buffer.allocUnsafe(Math.max(FIRST_CAPACITY, 2 * this.length));
    this.kept.copy(larger, 0, 0, before);
    this.kept = larger;
  }
}

const EMPTY = Buffer.alloc(0);
