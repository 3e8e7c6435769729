/** Time that passes when a test says so. */
import type { Cancel, Time } from '../../src/base/time';

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

export class ManualTime implements Time {
  private readonly timers = new Set<Timer>();

  constructor(private moment = 0) {}

  readonly now = () => this.moment;
  readonly elapsed = () => this.moment;

  readonly after = (milliseconds: number, act: () => void): Cancel => {
    const timer = { at: this.moment + milliseconds, act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  readonly every = (milliseconds: number, act: () => void): Cancel => {
    let cancel = () => {};
    const again = () => {
      cancel = this.after(milliseconds, again);
      act();
    };
    cancel = this.after(milliseconds, again);
    return () => cancel();
  };

  /** Sets the clock; no timer acts. */
  set(moment: number): void {
    this.moment = moment;
  }

  /** Lets time pass; timers act in their order, and what they set off is finished before the next. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.moment + milliseconds;
    for (;;) {
      await settled();
      const next = [...this.timers].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > end) break;
      this.timers.delete(next);
      this.moment = Math.max(this.moment, next.at);
      next.act();
    }
    this.moment = end;
    await settled();
  }
}

/** Fulfils when everything that needs no timer is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}
