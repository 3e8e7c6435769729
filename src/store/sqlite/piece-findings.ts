/** What a piece of the check found, until it is read: a piece is read at one moment, and given out afterwards. */
import type { Finding } from '../database';

/** How many findings of a piece are named; of the others, how many there are. */
export const MOST_OF_PIECE = 1000;

/** Keeps few of a piece's findings, however many there are. */
export class PieceFindings {
  private named: Finding[] = [];
  private readonly others = new Map<Finding['kind'], number>();

  add(finding: Finding): void {
    if (this.named.length < MOST_OF_PIECE) this.named.push(finding);
    else this.others.set(finding.kind, (this.others.get(finding.kind) ?? 0) + 1);
  }

  /** Lets go of what was found, for the next piece. @param place the piece, in words */
  take(place: string): readonly Finding[] {
    const found = this.named;
    for (const [kind, count] of this.others) found.push({ kind, text: `${place}: ${count} more` });
    this.named = [];
    this.others.clear();
    return found;
  }
}
