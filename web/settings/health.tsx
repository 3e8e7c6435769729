/** Whether the server runs, can work, and what it has to do. */
import { useSession } from '../api/session';
import { useAnswer, useAsked, useLooks } from '../api/use-answer';
import { Badge } from '../parts/badge';
import { Moment } from '../parts/moment';
import { Empty, Fault } from '../parts/notice';
import { WholeList } from '../parts/whole-list';

/** Milliseconds between two looks. */
const EACH = 5000;

/** What the server answers to supervisors. */
async function askHealth(signal: AbortSignal) {
  const ask = async (path: string) => {
    const response = await fetch(path, { signal });
    return { path, isWell: response.ok, text: (await response.text()).trim() };
  };
  return Promise.all(['/healthz', '/readyz'].map(ask));
}

export function Health({ merchant }: { readonly merchant: string }) {
  const health = useAsked(askHealth, []);
  const work = useAnswer('listWork', { merchant });
  const server = useSession()?.server;
  useLooks(health, EACH);
  useLooks(work, EACH);
  return (
    <>
      <Fault problem={health.problem} again={health.again} />
      <dl class="facts">
        {health.answer?.map(({ path, isWell, text }) => (
          <>
            <dt>
              <code>{path}</code>
            </dt>
            <dd>
              <Badge tone={isWell ? 'good' : 'bad'}>{isWell ? 'ok' : 'not ready'}</Badge>{' '}
              {text !== 'ok' && text}
            </dd>
          </>
        ))}
        {server && (
          <>
            <dt>Version</dt>
            <dd>{server.version}</dd>
            <dt>Time zone</dt>
            <dd>{server.timeZone}</dd>
            <dt>Signed in at</dt>
            <dd>
              <Moment at={server.now} exact /> by the server's clock
            </dd>
          </>
        )}
      </dl>
      <h2>Work in the background</h2>
      <Fault problem={work.problem} again={work.again} />
      {work.answer?.length === 0 && <Empty>None: everything is done.</Empty>}
      {work.answer !== undefined && work.answer.length > 0 && (
        <WholeList
          title="Work in the background"
          rows={work.answer}
          keyOf={({ kind, name }) => `${kind} ${name}`}
          columns={[
            { title: 'What', write: ({ kind, name }) => `${kind} ${name}` },
            { title: 'By', write: ({ actor }) => actor },
            {
              title: 'Begun',
              show: ({ begun }) => <Moment at={begun} />,
              write: ({ begun }) => begun,
            },
            {
              title: 'Done',
              show: ({ done, total, kind, name }) => (
                <>
                  <progress value={done} max={total} aria-label={`${kind} ${name}`} /> {done} of{' '}
                  {total}
                </>
              ),
              write: ({ done, total }) => `${done} of ${total}`,
            },
          ]}
        />
      )}
    </>
  );
}
