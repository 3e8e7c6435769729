/** One order: what it gives, and what was done to it. */
import { useState } from 'preact/hooks';
import { OrderActions } from '../act/order-actions';
import { useAnswer } from '../api/use-answer';
import { Badge, State } from '../parts/badge';
import { Moment } from '../parts/moment';
import { Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { Ledger } from './ledger';

export function OrderScreen({ merchant, rest }: ScreenProps) {
  const [orderId = ''] = rest;
  const [turn, setTurn] = useState(0);
  const { answer, problem, again } = useAnswer('getOrder', { merchant, params: { orderId } });
  const changed = () => {
    setTurn((count) => count + 1);
    again();
  };
  const title = `Order ${orderId}`;
  if (problem !== undefined) {
    return (
      <div class="stack">
        <PageHead title={title} />
        <Fault problem={problem} again={again} />
      </div>
    );
  }
  if (!answer) return <Waiting />;
  const { userId, email, state, failedPayments, createdAt, changedAt, offers, entitlements } =
    answer;
  return (
    <div class="stack">
      <PageHead title={title}>
        <OrderActions merchant={merchant} order={answer} onDone={changed} />
      </PageHead>
      <section class="panel" aria-label="Order">
        <dl class="facts">
          <dt>State</dt>
          <dd>
            <State of={state} />
          </dd>
          {userId !== undefined && (
            <>
              <dt>Account</dt>
              <dd>
                <a href={at.account(merchant, userId)}>{email ?? userId}</a>
              </dd>
            </>
          )}
          <dt>Failed payments</dt>
          <dd>{failedPayments}</dd>
          <dt>Since</dt>
          <dd>
            <Moment at={createdAt} />
          </dd>
          <dt>Changed</dt>
          <dd>
            <Moment at={changedAt} />
          </dd>
        </dl>
      </section>
      <section class="panel" aria-labelledby="offers">
        <h2 id="offers">Offers</h2>
        <WholeList
          title="Offers of the order"
          rows={offers}
          keyOf={({ id }) => id}
          columns={[
            { title: 'Offer', write: ({ name }) => name },
            { title: 'Id', show: ({ id }) => <span class="id">{id}</span>, write: ({ id }) => id },
            {
              title: 'State',
              show: (offer) => <State of={offer.state} />,
              write: (offer) => offer.state,
            },
            { title: 'Why', write: ({ reason }) => reason?.replaceAll('_', ' ') },
          ]}
        />
      </section>
      <section class="panel" aria-labelledby="entitlements">
        <h2 id="entitlements">Access by it</h2>
        <WholeList
          title="Access by the order"
          rows={entitlements}
          keyOf={({ merchantEntitlementId }) => merchantEntitlementId}
          columns={[
            { title: 'Entitlement', write: ({ merchantEntitlementId: id }) => id },
            {
              title: 'Now',
              show: ({ active }) =>
                active ? <Badge tone="good">Access</Badge> : <Badge tone="bad">No access</Badge>,
              write: ({ active }) => (active ? 'active' : 'none'),
            },
            {
              title: 'From',
              show: ({ start }) => <Moment at={start} />,
              write: ({ start }) => start,
            },
            {
              title: 'Until',
              show: ({ end }) => (end === undefined ? 'no end' : <Moment at={end} />),
              write: ({ end }) => end,
            },
          ]}
        />
      </section>
      <section class="panel" aria-labelledby="ledger">
        <h2 id="ledger">What happened</h2>
        <Ledger merchant={merchant} order={orderId} turn={turn} />
      </section>
    </div>
  );
}
