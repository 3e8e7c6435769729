/**
 * A lane for what takes much memory or time: a bounded number is in it at once, those of different senders in turn.
 * Decided: docs/decisions/large-requests.md
 */
import type { Time } from './time';

/** Gives a place back; more than once does no harm. */
export type Leave = () => void;

interface Waiting {
  readonly sender: string;
  readonly begin: () => void;
}

interface Place {
  readonly lose: () => void;
  /** Whether it is held for longer than anyone has patience. */
  isOverdue: boolean;
}

/** Lets those through that come, as long as there are places; the others wait. */
export class Lane {
  private readonly waiting: Waiting[] = [];
  private readonly held = new Set<Place>();
  private lastSender = '';

  /**
   * @param places how many may be in it at once
   * @param patience milliseconds after which a place is given to another that waits
   */
  constructor(
    private readonly places: number,
    private readonly patience: number,
    private readonly time: Pick<Time, 'after'>,
  ) {}

  /**
   * Waits for a place.
   * @param sender of several that wait, each has its turn
   * @param onLost called when the place is given to another
   */
  enter(sender: string, onLost: () => void = () => undefined): Promise<Leave> {
    return new Promise((resolve) => {
      this.waiting.push({ sender, begin: () => resolve(this.hold(onLost)) });
      this.look();
    });
  }

  private hold(lose: () => void): Leave {
    const place: Place = { lose, isOverdue: false };
    this.held.add(place);
    const cancel = this.time.after(this.patience, () => {
      place.isOverdue = true;
      this.look();
    });
    return () => {
      cancel();
      if (this.held.delete(place)) this.look();
    };
  }

  private look(): void {
    while (this.waiting.length > 0 && (this.held.size < this.places || this.takeOverdue())) {
      const other = this.waiting.findIndex(({ sender }) => sender !== this.lastSender);
      const [next] = this.waiting.splice(Math.max(other, 0), 1);
      this.lastSender = next?.sender ?? '';
      next?.begin();
    }
  }

  /** @returns whether a place has become free */
  private takeOverdue(): boolean {
    const place = [...this.held].find(({ isOverdue }) => isOverdue);
    if (!place) return false;
    this.held.delete(place);
    place.lose();
    return true;
  }
}
