/** Rows as a table, or a card a row on narrow screens. Lists put their files beneath it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A column. Each is in the files, too, but what there is to press. */
export type Column<Row> = { readonly title: string } & (
  | {
      readonly kind?: 'number';
      /** Absent: as it is written. */
      readonly show?: Show<Row>;
      /** The same as text, for CSV. */
      readonly write: (row: Row) => string | number | boolean | undefined;
    }
  | { readonly kind: 'actions'; readonly show: Show<Row>; readonly write?: never }
);

type Show<Row> = (row: Row) => ComponentChildren;

interface TableProps<Row> {
  readonly title: string;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly rowId?: (row: Row) => string;
}

/**
 * Rows that are there. The roles are said once more: a table that is laid out as cards is none to some readers of
 * screens.
 */
export function Table<Row>({ title, columns, rows, keyOf, rowId }: TableProps<Row>) {
  const id = useId();
  return (
    <div class="scroll">
      <table class="table" role="table" aria-labelledby={id}>
        <caption class="unseen" id={id}>
          {title}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title: name, kind }) => (
              <th key={name} role="columnheader" scope="col" class={kind}>
                {kind === 'actions' ? <span class="unseen">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={keyOf(row)} id={rowId?.(row)}>
              {columns.map(({ title: name, show, kind, write }) => (
                <td key={name} role="cell" data-label={name} class={kind}>
                  <div>{(show ?? write)?.(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
