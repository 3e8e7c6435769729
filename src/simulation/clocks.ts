/**
 * The clocks of a simulation: each merchant has its own, which runs with the system's until it is set or frozen.
 * Decided: docs/decisions/simulation.md
 */
import type { Time } from '../base/time';

/** How a clock goes. */
export type ClockState =
  | {
      readonly mode: 'running';
      /** By how much it is ahead of the system's, in milliseconds. */
      readonly ahead: number;
    }
  | {
      readonly mode: 'frozen';
      /** UTC milliseconds. */
      readonly at: number;
    };

const REAL: ClockState = { mode: 'running', ahead: 0 };

/** Every merchant's, by its row. */
export class Clocks {
  private readonly states = new Map<number, ClockState>();

  /** @param time the system's */
  constructor(private readonly time: Pick<Time, 'now'>) {}

  /** Now for a merchant, in UTC milliseconds. */
  readonly now = (merchantId: number): number => {
    const state = this.stateOf(merchantId);
    return state.mode === 'frozen' ? state.at : this.time.now() + state.ahead;
  };

  /** The system's moment. */
  systemNow(): number {
    return this.time.now();
  }

  stateOf(merchantId: number): ClockState {
    return this.states.get(merchantId) ?? REAL;
  }

  put(merchantId: number, state: ClockState): void {
    this.states.set(merchantId, state);
  }

  /** Sets a clock to a moment, in UTC milliseconds. @param mode default: it goes on as it went */
  set(merchantId: number, at: number, mode = this.stateOf(merchantId).mode): void {
    this.put(merchantId, mode === 'frozen' ? { mode, at } : { mode, ahead: at - this.time.now() });
  }

  /** The system's moment at which a clock shows another; undefined: it is frozen. */
  systemMomentOf(merchantId: number, at: number): number | undefined {
    const state = this.stateOf(merchantId);
    return state.mode === 'frozen' ? undefined : at - state.ahead;
  }

  forget(merchantId: number): void {
    this.states.delete(merchantId);
  }
}

/** The time that a simulation's store is opened with: units are dated by their merchant's clock. */
export function simulatedTime(time: Time, clocks: Clocks): Time {
  // Without the machine's uptime no jump is doubted: a clock that is set is no fault.
  return { ...time, uptime: undefined, merchantNow: clocks.now };
}
