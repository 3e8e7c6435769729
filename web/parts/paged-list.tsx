/** A list that the server pages: a table, or a card a row on narrow screens; all of it as CSV or JSON. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useAsked, useLooks } from '../api/use-answer';
import { useKept } from '../route/kept';
import { Download } from './download';
import { Empty, Fault, Waiting } from './notice';
import { type Column, Table } from './table';

/** A page of a list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The place after it; null: there is no more. */
  readonly next: string | null;
}

/** Fetches the page after a place. */
export type Fetch<Row> = (
  after: string | undefined,
  pageLength: number,
  signal?: AbortSignal,
) => Promise<Page<Row>>;

interface PagedListProps<Row> {
  /** What it lists; screen readers say it, and files are named by it. */
  readonly title: string;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly fetch: Fetch<Row>;
  /** What the pages depend on: another list is begun when it changes. */
  readonly of: readonly unknown[];
  /** The same list is read anew when it changes; what is shown stays until then. */
  readonly turn?: number | undefined;
  /** Whether a row is about to change by itself: the last page is then read again in a moment. */
  readonly isPassing?: (row: Row) => boolean;
  /** Shows rows in another way than as a table. */
  readonly layout?: (rows: readonly Row[]) => ComponentChildren;
  readonly keyOf: (row: Row) => string;
  /** What to do where there is nothing. */
  readonly empty: ComponentChildren;
  readonly pageLength?: number;
  readonly rowId?: (row: Row) => string;
}

/** Milliseconds between two looks at rows that change by themselves. */
const EACH = 2000;

/** How far a list was read. */
interface Place<Row> {
  /** The list. */
  readonly key: string;
  readonly turn: number;
  /** The place that the address named: what is before it was not read. */
  readonly from: string | undefined;
  readonly after: string | undefined;
  /** The rows of the pages before. */
  readonly before: readonly Row[];
}

/** Stands over a list that an address has begin at a page of it. */
function ToBegin({ onClick }: { readonly onClick: () => void }) {
  return (
    <p class="row muted small">
      The list begins at a later page.
      <button type="button" class="button small" onClick={onClick}>
        From the beginning
      </button>
    </p>
  );
}

/** Rows of the pages that were fetched, and the next. The last page stands in the address. */
export function PagedList<Row>(props: PagedListProps<Row>) {
  const { fetch, of, turn = 0, pageLength = 25, columns, title, empty, layout } = props;
  const key = JSON.stringify(of);
  const [kept, keep] = useKept(`${title.toLowerCase().replaceAll(' ', '-')}-after`);
  const begin: Place<Row> = { key, turn, from: undefined, after: undefined, before: [] };
  const [place, setPlace] = useState<Place<Row>>(() => {
    const from = kept === '' ? undefined : kept;
    return { ...begin, from, after: from };
  });
  const { from, after, before } = place.key === key && place.turn === turn ? place : begin;
  useEffect(() => keep(after ?? ''), [after]);
  const asked = useAsked(
    async (signal) => {
      const page = await fetch(after, pageLength, signal);
      return { key, after, rows: [...before, ...page.rows], next: page.next };
    },
    [key, turn, after],
  );
  const { answer, problem, isLoading, again } = asked;
  // Where a page cannot be had, those before it stay.
  const { rows, next } = answer?.key === key ? answer : { rows: before, next: after ?? null };
  // A look at what is shown already leaves the button alone.
  const isAwaited = isLoading && (problem !== undefined || answer?.after !== after);
  useLooks(asked, props.isPassing && rows.some(props.isPassing) ? EACH : undefined);
  const toBegin = from !== undefined && <ToBegin onClick={() => setPlace(begin)} />;
  if (problem !== undefined && rows.length === 0) {
    return (
      <div class="stack">
        <Fault problem={problem} again={again} />
        {toBegin}
      </div>
    );
  }
  if (answer?.key !== key && problem === undefined) return <Waiting />;
  if (rows.length === 0 && from === undefined) return <Empty>{empty}</Empty>;
  return (
    <div class="stack">
      {toBegin}
      {layout ? layout(rows) : <Table {...props} rows={rows} />}
      <Fault problem={problem} again={again} />
      <div class="row apart">
        {next === null ? (
          // It takes the keyboard over from the button.
          <span class="muted small" tabIndex={-1}>
            {rows.length === 1 ? '1 row' : `${rows.length} rows`}
          </span>
        ) : (
          <button
            type="button"
            class="button"
            disabled={isAwaited}
            onClick={() =>
              problem === undefined
                ? setPlace({ key, turn, from, after: next, before: rows })
                : again()
            }
          >
            {isAwaited ? 'Loading…' : 'Show more'}
          </button>
        )}
        <Download title={title} columns={columns} fetch={fetch} />
      </div>
    </div>
  );
}
