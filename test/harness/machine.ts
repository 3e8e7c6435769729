/** A machine's clocks and sleep, for tests: time passes, the wall clock jumps, all in one step. */
import { SYSTEM_TIME, type Time } from '../../src/base/time';

export class Machine {
  private awake = 0;
  private asleep = 0;
  readonly time: Time;

  /** @param wall its wall clock at the start, in UTC milliseconds */
  constructor(private wall: number) {
    this.time = {
      ...SYSTEM_TIME,
      now: () => this.wall,
      elapsed: () => this.awake,
      uptime: () => this.awake + this.asleep,
    };
  }

  /** Time passes. */
  pass(milliseconds: number): void {
    this.wall += milliseconds;
    this.awake += milliseconds;
  }

  /** The wall clock is set ahead or, below 0, back. */
  jump(milliseconds: number): void {
    this.wall += milliseconds;
  }

  /** It is suspended: the monotonic clock stands still. */
  sleep(milliseconds: number): void {
    this.wall += milliseconds;
    this.asleep += milliseconds;
  }
}
