/** A whole list as a file: page by page from the server, put together here. */
import { useRef, useState } from 'preact/hooks';
import { useDoing } from '../api/use-answer';
import { writeCsv } from './csv';
import { Fault } from './notice';
import type { Fetch } from './paged-list';
import type { Column } from './table';
import { saveAs } from './save-as';

/** Rows that are fetched at once. */
const AT_ONCE = 500;
/** The most rows of a file: what a browser can hold with ease. */
const MOST = 200_000;

interface DownloadProps<Row> {
  readonly title: string;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly fetch: Fetch<Row>;
}

/** The two buttons, and how far a file is. */
export function Download<Row>({ title, columns, fetch }: DownloadProps<Row>) {
  const doing = useDoing();
  const [count, setCount] = useState(0);
  const [isCut, setCut] = useState(false);
  const control = useRef<AbortController | undefined>(undefined);
  const save = (kind: 'csv' | 'json') =>
    doing.run(async () => {
      control.current = new AbortController();
      const { signal } = control.current;
      const rows: Row[] = [];
      let after: string | undefined;
      setCut(false);
      do {
        const page = await fetch(after, AT_ONCE, signal);
        rows.push(...page.rows);
        setCount(rows.length);
        after = page.next ?? undefined;
      } while (after !== undefined && rows.length < MOST && !signal.aborted);
      setCut(after !== undefined && !signal.aborted);
      if (signal.aborted) return;
      if (kind === 'json') saveAs(title, kind, [JSON.stringify(rows, null, 2), '\n']);
      else saveAs(title, kind, writeCsv(columns, rows));
    });
  return (
    <div class="row" role="group" aria-label={`Download ${title}`}>
      {isCut && <span role="status" class="small">{`The file ends after ${MOST} rows.`}</span>}
      {doing.isBusy && (
        <>
          <span role="status" class="small">{`${count} rows so far`}</span>
          <button type="button" class="button small" onClick={() => control.current?.abort()}>
            Stop
          </button>
        </>
      )}
      {(['csv', 'json'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          class="button small"
          disabled={doing.isBusy}
          onClick={() => void save(kind)}
        >
          {kind.toUpperCase()}
        </button>
      ))}
      <Fault problem={doing.problem} />
    </div>
  );
}
