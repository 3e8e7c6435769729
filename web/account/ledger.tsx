/** The ledger in words: when, what, who, why, by which call. The newest first. */
import { type Answer, send } from '../api/request';
import { Field } from '../parts/field';
import { Moment, writeMoment } from '../parts/moment';
import { CallLink } from '../parts/call-link';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';
import { useKept } from '../route/kept';
import { at } from '../route/screens';
import { nameOfAccount } from './names';

export type Line = Answer<'listAuditLines'>['lines'][number];

/** What an action did, as a word after the entitlement's name; an extension has words of its own. */
const DONE: Readonly<Record<string, string>> = {
  grant: 'granted',
  revoke: 'revoked',
  restore: 'restored',
  transfer: 'transferred',
  start: 'began',
  expire: 'ran out',
  repair: 'repaired',
};

/** Where an access came from. */
function sourceOf({ source, orderId }: Line): string {
  if (source === 'Order') return `order ${orderId ?? ''}`;
  return source === 'AutoBill' ? 'AutoBill' : 'direct grant';
}

/** A line without its moment and author, in three parts: what comes before the end, the end, and what comes after it. */
function partsOf(line: Line): readonly [before: string, end: string | undefined, after: string] {
  const { action, merchantEntitlementId, after, at: moment } = line;
  const source = ` (${sourceOf(line)})`;
  const done = action === 'extend' ? 'now lasts' : (DONE[action] ?? action);
  const said = `${merchantEntitlementId} ${done}`;
  if (action === 'expire') return [said, undefined, source];
  if (action === 'revoke') {
    // What was paid for, and days of grace, go on for a time.
    const goesOn = after.end !== undefined && Date.parse(after.end) > Date.parse(moment);
    return goesOn ? [`${said}, but lasts until `, after.end, source] : [said, undefined, source];
  }
  if (after.end === undefined) return [`${said} without end`, undefined, source];
  return [`${said} until `, after.end, source];
}

function wordsOf(line: Line): string {
  const [before, end, after] = partsOf(line);
  return before + (end === undefined ? '' : writeMoment(end)) + after;
}

function Words({ line }: { readonly line: Line }) {
  const [before, end, after] = partsOf(line);
  return (
    <>
      {before}
      {end !== undefined && <Moment at={end} />}
      {after}
    </>
  );
}

/** The columns of lines. @param whose whether the account of each is shown */
export function lineColumns(merchant: string, whose: boolean): ReadonlyArray<Column<Line>> {
  return [
    {
      title: 'When',
      show: (line) => <Moment at={line.at} />,
      write: (line) => line.at,
    },
    ...(whose
      ? [
          {
            title: 'Account',
            show: (line: Line) => (
              <a href={at.account(merchant, line.userId)}>
                {nameOfAccount({ VID: line.userId, merchantAccountId: line.merchantAccountId })}
              </a>
            ),
            write: (line: Line) => line.merchantAccountId ?? line.userId,
          },
        ]
      : []),
    { title: 'What', show: (line) => <Words line={line} />, write: wordsOf },
    {
      title: 'Who',
      show: ({ actor }) => (actor === 'latchkey' ? 'by itself' : actor),
      write: ({ actor }) => actor,
    },
    {
      title: 'Why',
      show: ({ reason, note }) => (
        <>
          {reason !== undefined && <span>{reason.replaceAll('_', ' ')}</span>}
          {reason !== undefined && note !== undefined && ': '}
          {note !== undefined && <q>{note}</q>}
        </>
      ),
      write: ({ reason, note }) => [reason, note].filter((part) => part !== undefined).join(': '),
    },
    {
      title: 'Call',
      show: ({ requestId }) =>
        requestId !== undefined && <CallLink merchant={merchant} id={requestId} />,
      write: ({ requestId }) => requestId,
    },
    {
      title: 'Line',
      show: ({ id }) => <span class="muted">{id}</span>,
      write: ({ id }) => id,
    },
  ];
}

interface LedgerProps {
  readonly merchant: string;
  /** Only of this account. */
  readonly account?: string;
  /** Only of this order. */
  readonly order?: string;
  readonly turn?: number;
}

export function Ledger({ merchant, account, order, turn }: LedgerProps) {
  const [from, setFrom] = useKept('from');
  const [to, setTo] = useKept('to');
  // The days that are typed are whole days of the browser's zone.
  const span = { from: startOf(from, 0), to: startOf(to, 1) };
  return (
    <>
      <div class="row">
        <DayField label="From" value={from} onInput={setFrom} />
        <DayField label="To" value={to} onInput={setTo} />
      </div>
      <PagedList
        title="Ledger"
        of={[merchant, account, order, span]}
        turn={turn}
        columns={lineColumns(merchant, account === undefined)}
        keyOf={({ id }) => id}
        rowId={({ id }) => `line-${id}`}
        empty={
          from === '' && to === ''
            ? 'The ledger has no line about it yet.'
            : 'Nothing happened on these days. Take them out to see all.'
        }
        fetch={async (lastLoadedId, pageLength, signal) => {
          const query = { account, order, ...span, lastLoadedId, pageLength };
          const { lines, next_page } = await send('listLedger', { merchant, query, signal });
          return { rows: lines, next: next_page };
        }}
      />
    </>
  );
}

/** The beginning of a day, or of one after it; undefined where none is given. */
function startOf(day: string, later: number): string | undefined {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const moment = new Date(year, month - 1, date + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function DayField(props: DayFieldProps) {
  return <Field {...props} type="date" />;
}
