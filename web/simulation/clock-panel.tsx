/** The clock of a merchant: buttons to move it on, and what fell due meanwhile. */
import { useState } from 'preact/hooks';
import { MomentField, momentOf } from '../act/moment-field';
import { type Answer, type Body, send } from '../api/request';
import { useAnswer, useDoing, useLooks } from '../api/use-answer';
import { Badge } from '../parts/badge';
import { Moment } from '../parts/moment';
import { Done, Empty, Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';

/** Milliseconds between two looks at a clock that runs. */
const EACH = 10_000;

type Change = Body<'changeClockOf'>;
type Moved = Answer<'changeClockOf'>;

/** Moves that have a button. */
const MOVES = [
  ['An hour', 'PT1H'],
  ['A day', 'P1D'],
  ['A week', 'P1W'],
  ['A month', 'P1M'],
  ['A year', 'P1Y'],
] as const;

interface ClockPanelProps {
  readonly merchant: string;
  readonly turn: number;
}

export function ClockPanel({ merchant, turn }: ClockPanelProps) {
  const params = { login: merchant };
  const clock = useAnswer('getClockOf', { params }, turn);
  const doing = useDoing();
  const [moved, setMoved] = useState<Moved>();
  const [instant, setInstant] = useState('');
  const isRunning = clock.answer?.mode === 'running';
  useLooks(clock, isRunning ? EACH : undefined);
  const change = (body: Change) =>
    void doing.run(async () => {
      setMoved(await send('changeClockOf', { params, body }));
      clock.again();
    });
  if (clock.problem !== undefined) return <Fault problem={clock.problem} again={clock.again} />;
  if (!clock.answer) return <Waiting />;
  const { mode, now, nextDue } = clock.answer;
  return (
    <section class="panel" aria-labelledby="clock">
      <h2 id="clock">Clock of {merchant}</h2>
      <p class="row">
        <strong>
          <Moment at={now} exact />
        </strong>
        <Badge tone={mode === 'frozen' ? 'coming' : 'good'}>{mode}</Badge>
      </p>
      <Fault problem={doing.problem} />
      <div class="row" role="group" aria-label="Move the clock on">
        {MOVES.map(([text, duration]) => (
          <button
            key={duration}
            type="button"
            class="button"
            disabled={doing.isBusy}
            onClick={() => change({ action: 'advance', duration })}
          >
            {text} on
          </button>
        ))}
        {nextDue !== undefined && (
          <button
            type="button"
            class="button first"
            disabled={doing.isBusy}
            onClick={() => change({ action: 'set', instant: nextDue })}
          >
            To the next change that falls due
          </button>
        )}
      </div>
      <p class="muted small">
        {nextDue === undefined ? (
          'Nothing falls due by itself.'
        ) : (
          <>
            The next change falls due on <Moment at={nextDue} />.
          </>
        )}
      </p>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          const moment = momentOf(instant);
          if (moment !== undefined) change({ action: 'set', instant: moment });
        }}
      >
        <MomentField
          label="Set to"
          value={instant}
          onInput={setInstant}
          hint="In your time zone; not before what it shows."
        />
        <button class="button" disabled={doing.isBusy || instant === ''}>
          Set
        </button>
        {mode === 'frozen' ? (
          <button
            type="button"
            class="button"
            disabled={doing.isBusy}
            onClick={() => change({ action: 'run' })}
          >
            Let it run
          </button>
        ) : (
          <button
            type="button"
            class="button"
            disabled={doing.isBusy}
            onClick={() => change({ action: 'freeze' })}
          >
            Freeze
          </button>
        )}
        <button
          type="button"
          class="button"
          disabled={doing.isBusy}
          onClick={() => change({ action: 'reset' })}
        >
          Back to the machine's time
        </button>
      </form>
      {moved && <Happened moved={moved} />}
    </section>
  );
}

function Happened({ moved }: { readonly moved: Moved }) {
  const { happened, total, deliveries, now } = moved;
  const tried =
    deliveries.total === 0 ? '' : ` ${deliveries.total} messages to endpoints were tried.`;
  return (
    <div class="stack">
      <Done>
        It is <Moment at={now} exact />. {total === 1 ? '1 change' : `${total} changes`} fell due
        meanwhile.
        {tried}
      </Done>
      {happened.length === 0 ? (
        <Empty>Nothing happened in that time.</Empty>
      ) : (
        <WholeList
          title="What happened"
          rows={happened}
          keyOf={({ at, account, entitlement, action, source }) =>
            `${at} ${account ?? ''} ${entitlement ?? ''} ${action} ${source ?? ''}`
          }
          columns={[
            { title: 'When', show: ({ at }) => <Moment at={at} />, write: ({ at }) => at },
            { title: 'Account', write: ({ account }) => account },
            {
              title: 'Entitlement',
              write: ({ entitlement }) => entitlement,
            },
            { title: 'What', write: ({ action }) => action },
            { title: 'By', write: ({ source }) => source },
          ]}
        />
      )}
    </div>
  );
}
