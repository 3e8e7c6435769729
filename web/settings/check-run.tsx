/** The check of the whole database: it is begun here, and shows how far it is. */
import { type Answer, send } from '../api/request';
import { useSession } from '../api/session';
import { useAnswer, useLooks } from '../api/use-answer';
import { ActButton } from '../parts/act-button';
import { Moment } from '../parts/moment';
import { Done, Empty, Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';

/** Milliseconds between two looks while it runs. */
const EACH = 500;

type Check = Answer<'getCheck'>;

export function CheckRun() {
  const isWhole = useSession()?.allMerchants === true;
  const asked = useAnswer('getCheck', isWhole ? {} : undefined);
  const { answer, problem, again } = asked;
  const isRunning = answer?.state === 'running';
  useLooks(asked, isRunning ? EACH : undefined);
  if (!isWhole) return <Empty>An admin of all merchants can check the database.</Empty>;
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <>
      <p>
        Reads the whole database beside the calls, and compares what accounts hold with what the
        ledger says.
      </p>
      <Outcome check={answer} />
      {!isRunning && (
        <div class="row">
          <ActButton
            class="button first"
            text={answer.state === 'none' ? 'Check the database' : 'Check again'}
            act={() => send('startCheck')}
            onDone={again}
          />
        </div>
      )}
    </>
  );
}

function Outcome({ check }: { readonly check: Check }) {
  const { state, progress, findings, message, startedAt, finishedAt } = check;
  if (state === 'none') return <Empty>It was not checked since the server started.</Empty>;
  if (state === 'running') {
    return (
      <div class="stack" role="status">
        <p>
          {progress?.what ?? 'Begun'}
          {startedAt !== undefined && (
            <>
              , since <Moment at={startedAt} />
            </>
          )}
        </p>
        <progress
          aria-label="Check"
          {...(progress ? { value: progress.done, max: Math.max(1, progress.of) } : {})}
        />
      </div>
    );
  }
  const { entitlements = 0, ledgerLines = 0 } = check;
  return (
    <>
      {state === 'failed' && (
        <p class="notice bad">{message ?? 'The check could not be finished.'}</p>
      )}
      {state === 'done' && findings.length === 0 && (
        <Done>
          All is well: {entitlements.toLocaleString()} entitlements, {ledgerLines.toLocaleString()}{' '}
          lines of the ledger
          {finishedAt !== undefined && (
            <>
              , <Moment at={finishedAt} />
            </>
          )}
          .
        </Done>
      )}
      {findings.length > 0 && (
        <WholeList
          title="Findings"
          rows={findings}
          keyOf={({ kind, text }) => `${kind} ${text}`}
          columns={[
            { title: 'Kind', write: ({ kind }) => kind },
            { title: 'What', write: ({ text }) => text },
          ]}
        />
      )}
    </>
  );
}
