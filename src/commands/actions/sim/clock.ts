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
  const { happened, total, deliveries, ...clock } = answer;
  await printAnswer(clock, options);
  await printSome(happened, HAPPENED, total);
  await printSome(deliveries.attempts, ATTEMPTED, deliveries.total);
  if (!deliveries.complete) await printLine('messages are still due: receivers took too long');
}

/** Prints a list of which only the beginning is there. */
async function printSome<Row>(
  rows: readonly Row[],
  columns: Columns<Row>,
  total: number,
): Promise<void> {
  await printList(rows, { columns, toJson: (row) => row }, {});
  if (total > rows.length) await printLine(`and ${total - rows.length} more`);
}

type Attempted = MovedClockState['deliveries']['attempts'][number];

const ATTEMPTED: Columns<Attempted> = {
  at: ({ at }) => at,
  event: ({ event }) => event,
  attempt: ({ attempt }) => attempt,
  state: ({ state }) => state,
  answer: ({ failure, status }) => failure ?? `answered ${status ?? ''}`,
  endpoint: ({ endpoint }) => endpoint,
};

type Happened = MovedClockState['happened'][number];

/** What happened, a line each. */
export const HAPPENED: Columns<Happened> = {
  at: ({ at }) => at,
  account: ({ account }) => account,
  action: ({ action }) => action,
  entitlement: ({ entitlement }) => entitlement,
  source: ({ source }) => source,
};
