/** The feed, as it happens. */
import { useEffect, useState } from 'preact/hooks';
import type { FeedEvent } from '../api/v1.generated';
import { useAsked } from '../api/use-answer';
import { Badge } from '../parts/badge';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import type { Column } from '../parts/table';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';
import { follow, latestEvents } from './read-stream';

/** Events that the page holds. */
const MOST = 200;
/** Those of before that are shown at the beginning. */
const AT_FIRST = 50;

/** What an event is about, in a few words. */
function aboutOf({ data }: FeedEvent): string | undefined {
  if ('entitlement' in data) return data.entitlement.merchantEntitlementId;
  if ('order' in data) return data.order && `order ${data.order.orderId}`;
  if ('autoBill' in data) {
    return data.autoBill && `AutoBill ${data.autoBill.merchantAutoBillId ?? data.autoBill.VID}`;
  }
  if ('endpoint' in data) return data.endpoint.description ?? data.endpoint.id;
  return 'changed' in data ? data.changed?.join(', ') : undefined;
}

function accountOf({ data }: FeedEvent) {
  return 'account' in data ? data.account : undefined;
}

function columnsOf(merchant: string): ReadonlyArray<Column<FeedEvent>> {
  return [
    {
      title: 'When',
      show: ({ timestamp }) => <Moment at={timestamp} exact />,
      write: ({ timestamp }) => timestamp,
    },
    { title: 'Event', write: ({ type }) => type },
    {
      title: 'Account',
      show: (event) => {
        const account = accountOf(event);
        return (
          account && (
            <a href={at.account(merchant, account.VID)}>
              {account.merchantAccountId ?? account.VID}
            </a>
          )
        );
      },
      write: (event) => accountOf(event)?.merchantAccountId ?? accountOf(event)?.VID,
    },
    { title: 'About', show: aboutOf, write: aboutOf },
    {
      title: 'By',
      write: ({ data }) => data.actor,
    },
    {
      title: 'Number',
      kind: 'number',
      write: ({ sequence }) => sequence,
    },
  ];
}

export function Feed({ merchant }: { readonly merchant: string }) {
  const first = useAsked((signal) => latestEvents(merchant, AT_FIRST, signal), [merchant]);
  if (first.problem !== undefined) return <Fault problem={first.problem} again={first.again} />;
  if (!first.answer) return <Waiting />;
  return <LiveFeed merchant={merchant} before={first.answer.events} last={first.answer.last} />;
}

interface LiveFeedProps {
  readonly merchant: string;
  readonly before: readonly FeedEvent[];
  readonly last: number;
}

function LiveFeed({ merchant, before, last }: LiveFeedProps) {
  const [events, setEvents] = useState(before);
  const [state, setState] = useState<'open' | 'lost' | 'opening'>('opening');
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    const control = new AbortController();
    const onEvent = (event: FeedEvent) => setEvents((known) => [event, ...known].slice(0, MOST));
    void follow(
      merchant,
      last,
      { onEvent, onState: setState, onProblem: setProblem },
      control.signal,
    );
    return () => control.abort();
  }, [merchant, last]);
  const columns = columnsOf(merchant);
  return (
    <section class="panel" aria-label="Live feed">
      <div class="row">
        <span role="status">
          {state === 'open' ? (
            <Badge tone="good">live</Badge>
          ) : (
            <Badge tone="warn">
              {state === 'lost' ? 'connection lost, trying again' : 'connecting'}
            </Badge>
          )}
        </span>
      </div>
      <Fault problem={problem} />
      {events.length === 0 ? (
        <Empty>
          Nothing has happened yet. What is granted, revoked or ordered appears here at once.
        </Empty>
      ) : (
        <WholeList title="Events" columns={columns} rows={events} keyOf={({ id }) => id} />
      )}
    </section>
  );
}
