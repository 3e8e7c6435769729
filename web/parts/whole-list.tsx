/** A list that the server answers as a whole: a table, and its files. */
import { writeCsv } from './csv';
import { type Column, Table } from './table';
import { saveAs } from './save-as';

interface WholeListProps<Row> {
  readonly title: string;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

export function WholeList<Row>(props: WholeListProps<Row>) {
  const { title, columns, rows } = props;
  return (
    <div class="stack">
      <Table {...props} />
      <div class="row apart">
        <span class="muted small">{rows.length === 1 ? '1 row' : `${rows.length} rows`}</span>
        <div class="row" role="group" aria-label={`Download ${title}`}>
          <button
            type="button"
            class="button small"
            onClick={() => saveAs(title, 'csv', writeCsv(columns, rows))}
          >
            CSV
          </button>
          <button
            type="button"
            class="button small"
            onClick={() => saveAs(title, 'json', [JSON.stringify(rows, null, 2), '\n'])}
          >
            JSON
          </button>
        </div>
      </div>
    </div>
  );
}
