/** The AutoBills of an account. */
import { StopButton } from '../act/stop-button';
import { may } from '../api/session';
import { type Answer, send } from '../api/request';
import { State } from '../parts/badge';
import { Moment } from '../parts/moment';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';

type AutoBill = Answer<'listAutoBillsOfAccount'>['autoBills'][number];

interface AutoBillsProps {
  readonly merchant: string;
  readonly account: string;
  readonly turn: number;
  readonly onDone: () => void;
}

/** What has an end already, or comes to one. */
const ENDING: readonly AutoBill['standing'][] = ['cancelling', 'cancelled', 'failed', 'expired'];

export function AutoBills({ merchant, account, turn, onDone }: AutoBillsProps) {
  const columns: ReadonlyArray<Column<AutoBill>> = [
    {
      title: 'AutoBill',
      show: (autoBill) => <span class="id">{nameOfAutoBill(autoBill)}</span>,
      write: nameOfAutoBill,
    },
    {
      title: 'Standing',
      show: ({ standing }) => <State of={standing} />,
      write: ({ standing }) => standing,
    },
    {
      title: 'Gives',
      show: ({ entitlements }) => givenBy(entitlements).join(', '),
      write: ({ entitlements }) => givenBy(entitlements).join(' '),
    },
    { title: 'Since', show: ({ start }) => <Moment at={start} day />, write: ({ start }) => start },
    {
      title: 'Next billing',
      show: ({ nextBilling }) => nextBilling !== undefined && <Moment at={nextBilling} day />,
      write: ({ nextBilling }) => nextBilling,
    },
    { title: 'Until', show: (autoBill) => <Until {...autoBill} />, write: ({ end }) => end },
    {
      title: 'Actions',
      kind: 'actions',
      show: (autoBill) =>
        may('support') &&
        !ENDING.includes(autoBill.standing) && (
          <StopButton merchant={merchant} name={nameOfAutoBill(autoBill)} onDone={onDone} />
        ),
    },
  ];
  return (
    <PagedList
      title="AutoBills"
      of={[merchant, account]}
      turn={turn}
      columns={columns}
      keyOf={({ VID }) => VID}
      empty="There is no AutoBill of this account."
      fetch={async (lastLoadedId, pageLength, signal) => {
        const { autoBills, next_page } = await send('listAutoBillsOfAccount', {
          merchant,
          params: { account },
          query: { lastLoadedId, pageLength },
          signal,
        });
        return { rows: autoBills, next: next_page };
      }}
    />
  );
}

function nameOfAutoBill({ merchantAutoBillId, VID }: AutoBill): string {
  return merchantAutoBillId ?? VID;
}

function givenBy(entitlements: AutoBill['entitlements']): string[] {
  return [...new Set(entitlements.map(({ merchantEntitlementId }) => merchantEntitlementId))];
}

function Until({ end, graceUntil }: AutoBill) {
  if (graceUntil !== undefined) {
    return (
      <>
        <Moment at={graceUntil} /> (grace)
      </>
    );
  }
  return end === undefined ? <span class="muted">no end</span> : <Moment at={end} />;
}
