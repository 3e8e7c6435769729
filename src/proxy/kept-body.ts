/** The bytes of a body that goes by, up to a bound: one that is larger goes on, and is not kept. */
import { GrowingBody } from '../base/growing-body';

/** Bytes of a message that are kept at most. */
export const MOST_KEPT = 2 ** 20;

/** A body, as much of it as is kept. */
export class KeptBody {
  private body: GrowingBody | undefined = new GrowingBody(MOST_KEPT);

  /** Adds a piece. */
  add(piece: Buffer): void {
    if (this.body?.add(piece) === false) this.body = undefined;
  }

  /** All of it; undefined: it is larger than what is kept. */
  bytes(): Buffer | undefined {
    return this.body?.bytes();
  }
}
