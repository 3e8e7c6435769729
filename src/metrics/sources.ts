/** What gauges ask when they are read. */
import type { Gauge } from 'prom-client';
import type { Store } from '../store/store';

/** The parts of a server that are asked. */
export interface Asked {
  readonly store: Pick<Store, 'condition' | 'webhooks' | 'now'>;
  /** Whether this process leads. */
  readonly leads: () => boolean;
}

/** The server, once it has begun. */
export class Sources {
  private asked: Asked | undefined;

  /** @param onFailure gets what kept a gauge from being set */
  constructor(private readonly onFailure: (error: unknown) => void) {}

  /** From now on they are asked. */
  begin(asked: Asked): void {
    this.asked = asked;
  }

  /** Sets a gauge; it has no value until the server has begun, and where it cannot be asked: the others are read. */
  async ask(gauge: Gauge, set: (asked: Asked) => Promise<void> | void): Promise<void> {
    try {
      if (this.asked) await set(this.asked);
      else clear(gauge);
    } catch (error) {
      clear(gauge);
      this.onFailure(error);
    }
  }
}

/** Without labels, `reset` would set it to 0. */
function clear(gauge: Gauge): void {
  gauge.reset();
  gauge.remove();
}
