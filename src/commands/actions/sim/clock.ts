/** The actions of `latchkey sim clock`. */
import type { ClockAction, ClockState, MovedClockState } from '../../../testing/types';
import { type Columns, printList } from '../../list';
import { printJson, printLine } from '../../print';
import type { ControlOptions } from '../../sim/options';
import { control, printAnswer } from './control';

/** Prints what it shows. */
export async function showClock(options: ControlOptions): Promise<void> {
  await printAnswer(await control<ClockState>(options, 'GET', '/clock'), options);
}

/** A move of a clock. */
export interface ClockMove {
  readonly action: ClockAction;
  readonly instant?: string | undefined;
  readonly duration?: string | undefined;
}

/** Moves it, and prints what it shows and what fell due meanwhile. */
export async function changeClock(move: ClockMove, options: ControlOptions): Promise<void> {
  const answer = await control<MovedClockState>(options, 'PUT', '/clock', move);
  if (options.json) {
    await printJson(answer);
    return;
  }
  const { happened, total, ...clock } = answer;
  await printAnswer(clock, options);
  await printList(happened, { columns: HAPPENED, toJson: (one) => one }, {});
  if (total > happened.length) await printLine(`and ${total - happened.length} more`);
}

type Happened = MovedClockState['happened'][number];

/** What happened, a line each. */
export const HAPPENED: Columns<Happened> = {
  at: ({ at }) => at,
  account: ({ account }) => account,
  action: ({ action }) => action,
  entitlement: ({ entitlement }) => entitlement,
  source: ({ source }) => source,
};
