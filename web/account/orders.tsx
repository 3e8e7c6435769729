/** The orders of an account. */
import { OrderActions } from '../act/order-actions';
import { type Answer, send } from '../api/request';
import { State } from '../parts/badge';
import { Moment } from '../parts/moment';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';
import { at } from '../route/screens';

type Order = Answer<'listOrdersOfAccount'>['orders'][number];

interface OrdersProps {
  readonly merchant: string;
  readonly account: string;
  readonly turn: number;
  readonly onDone: () => void;
}

export function Orders({ merchant, account, turn, onDone }: OrdersProps) {
  const columns: ReadonlyArray<Column<Order>> = [
    {
      title: 'Order',
      show: ({ orderId }) => <a href={at.order(merchant, orderId)}>{orderId}</a>,
      write: ({ orderId }) => orderId,
    },
    { title: 'State', show: ({ state }) => <State of={state} />, write: ({ state }) => state },
    {
      title: 'Offers',
      show: ({ offers }) => offers.map(({ name }) => name).join(', '),
      write: ({ offers }) => offers.map(({ id }) => id).join(' '),
    },
    {
      title: 'Why',
      show: ({ offers }) => reasonsOf(offers),
      write: ({ offers }) => reasonsOf(offers),
    },
    {
      title: 'Failed payments',
      kind: 'number',
      write: ({ failedPayments }) => failedPayments,
    },
    {
      title: 'Changed',
      show: ({ changedAt }) => <Moment at={changedAt} />,
      write: ({ changedAt }) => changedAt,
    },
    {
      title: 'Actions',
      kind: 'actions',
      show: (order) => <OrderActions merchant={merchant} order={order} onDone={onDone} />,
    },
  ];
  return (
    <PagedList
      title="Orders"
      of={[merchant, account]}
      turn={turn}
      columns={columns}
      keyOf={({ orderId }) => orderId}
      empty="There is no order of this account."
      fetch={async (lastLoadedId, pageLength, signal) => {
        const { orders, next_page } = await send('listOrdersOfAccount', {
          merchant,
          params: { account },
          query: { lastLoadedId, pageLength },
          signal,
        });
        return { rows: orders, next: next_page };
      }}
    />
  );
}

/** Why offers of an order are revoked. */
export function reasonsOf(offers: Order['offers']): string {
  const reasons = offers.flatMap(({ reason }) => reason ?? []);
  return [...new Set(reasons)].join(', ').replaceAll('_', ' ');
}
