/** One subscription to push notifications: how it stands, and the messages that failed. */
import { useState } from 'preact/hooks';
import { type Answer, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { ActButton } from '../parts/act-button';
import { AskButton } from '../parts/ask-button';
import { Badge, State } from '../parts/badge';
import { Moment } from '../parts/moment';
import { Done, Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';
import { goTo } from '../route/place';
import { at } from '../route/screens';

type Message = Answer<'listFailedPushMessages'>['messages'][number];

interface PushScreenProps {
  readonly merchant: string;
  readonly id: string;
}

export function PushScreen({ merchant, id }: PushScreenProps) {
  const params = { subscriptionId: id };
  const [turn, setTurn] = useState(0);
  const [isTested, setTested] = useState(false);
  const { answer, problem, again } = useAnswer('getPushSubscription', { merchant, params }, turn);
  const changed = () => setTurn((count) => count + 1);
  if (problem !== undefined) {
    return (
      <div class="stack">
        <PageHead title="Push notifications" />
        <Fault problem={problem} again={again} />
        <p>
          <a href={at.events(merchant, 'push')}>All subscriptions</a>
        </p>
      </div>
    );
  }
  if (!answer) return <Waiting />;
  return (
    <div class="stack">
      <PageHead title={`Push notifications: ${answer.class}`}>
        <a href={at.events(merchant, 'push')}>All subscriptions</a>
      </PageHead>
      <section class="panel" aria-label="Subscription">
        <Facts subscription={answer} />
        {may('admin') && (
          <div class="row">
            <ActButton
              text="Send a test"
              act={() => send('testPushSubscription', { merchant, params })}
              onDone={() => {
                setTested(true);
                changed();
              }}
            />
            <AskButton
              text="Remove"
              question="The subscription and its messages are removed; those that wait are not sent."
              act={() => send('removePushSubscription', { merchant, params })}
              onDone={() => goTo(at.events(merchant, 'push'), true)}
            />
          </div>
        )}
        {isTested && <Done>A test message is on its way; where it fails it is listed below.</Done>}
      </section>
      <section class="panel" aria-labelledby="failed">
        <h2 id="failed">Messages that failed</h2>
        <Failed merchant={merchant} id={id} turn={turn} onDone={changed} />
      </section>
    </div>
  );
}

function Facts({ subscription }: { readonly subscription: Answer<'getPushSubscription'> }) {
  const { url, format, skip, coalesce, retries, interval, failingSince, basicUser } = subscription;
  const { createdAt, createdBy } = subscription;
  return (
    <dl class="facts">
      <dt>Address</dt>
      <dd>{url}</dd>
      <dt>State</dt>
      <dd>
        {failingSince === undefined ? (
          <Badge tone="good">enabled</Badge>
        ) : (
          <>
            <Badge tone="warn">failing</Badge> since <Moment at={failingSince} />
          </>
        )}
      </dd>
      <dt>Format</dt>
      <dd>
        {format}
        {coalesce && ', sources of one entitlement as one'}
        {basicUser !== undefined && `, HTTP Basic as ${basicUser}`}
      </dd>
      <dt>Retries</dt>
      <dd>
        {retries} times, every {interval} seconds
      </dd>
      {skip.length > 0 && (
        <>
          <dt>Without</dt>
          <dd>{skip.join(', ')}</dd>
        </>
      )}
      <dt>Made</dt>
      <dd>
        <Moment at={createdAt} /> by {createdBy}
      </dd>
    </dl>
  );
}

interface FailedProps extends PushScreenProps {
  readonly turn: number;
  readonly onDone: () => void;
}

function Failed({ merchant, id, turn, onDone }: FailedProps) {
  const columns: ReadonlyArray<Column<Message>> = [
    {
      title: 'Made',
      show: ({ madeAt }) => <Moment at={madeAt} exact />,
      write: ({ madeAt }) => madeAt,
    },
    { title: 'Event', write: ({ event }) => event },
    { title: 'State', show: ({ state }) => <State of={state} />, write: ({ state }) => state },
    {
      title: 'Attempts',
      kind: 'number',
      write: ({ attempts }) => attempts,
    },
    { title: 'Id', write: ({ messageId }) => messageId },
    {
      title: 'Actions',
      kind: 'actions',
      show: (message) =>
        may('admin') && (
          <ActButton
            text="Resend"
            act={() =>
              send('resendPushMessage', {
                merchant,
                params: { subscriptionId: id, id: message.id },
              })
            }
            onDone={onDone}
          />
        ),
    },
  ];
  return (
    <PagedList
      title="Messages that failed"
      of={[merchant, id]}
      turn={turn}
      columns={columns}
      keyOf={(message) => message.id}
      empty="None failed."
      fetch={async (lastLoadedId, pageLength, signal) => {
        const { messages, next_page } = await send('listFailedPushMessages', {
          merchant,
          params: { subscriptionId: id },
          query: { lastLoadedId, pageLength },
          signal,
        });
        return { rows: messages, next: next_page };
      }}
    />
  );
}
