/** Prints listings: columns under a head on a terminal, plain lines into a pipe, or JSON. */
import { type Output, stdout } from './output';
import { oneLine } from './print';

/** The columns of a listing by their heads, each with its cell of a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => unknown>>;

export interface Listing<Row> {
  readonly columns: Columns<Row>;
  /** The part of a row that `--json` prints. */
  readonly toJson: (row: Row) => unknown;
}

/** Rows that are measured before the first is printed; longer cells that come later stand out. */
const MEASURED = 200;

/**
 * Prints the rows as they come.
 * @param json whether each is one JSON document on a line of its own
 */
export async function printList<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  { columns, toJson }: Listing<Row>,
  { json = false }: { readonly json?: boolean },
  output: Output = stdout,
): Promise<void> {
  const cellsOf = (row: Row) => Object.values(columns).map((cell) => oneLine(cell(row)));
  if (json) for await (const row of rows) await output.line(JSON.stringify(toJson(row)));
  else if (output.isTerminal)
    await printTable(Object.keys(columns), cellsIn(rows, cellsOf), output);
  // Separated by tabs, so that cut and awk can take them apart.
  else for await (const row of rows) await output.line(cellsOf(row).join('\t'));
}

type Cells = readonly string[];

async function* cellsIn<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  cellsOf: (row: Row) => Cells,
): AsyncGenerator<Cells> {
  for await (const row of rows) yield cellsOf(row);
}

async function printTable(head: Cells, rows: AsyncGenerator<Cells>, output: Output): Promise<void> {
  const first: Cells[] = [head.map((name) => name.toUpperCase())];
  for await (const cells of takeWhile(rows, () => first.length <= MEASURED)) first.push(cells);
  const widths = head.map((_, column) =>
    Math.max(...first.map((cells) => widthOf(cells[column] ?? ''))),
  );
  for (const cells of first) await output.line(alignedTo(widths, cells));
  for await (const cells of rows) await output.line(alignedTo(widths, cells));
}

/** The rows while there may be more; the rest can still be read from `rows`. */
async function* takeWhile<T>(rows: AsyncGenerator<T>, more: () => boolean): AsyncGenerator<T> {
  while (more()) {
    const next = await rows.next();
    if (next.done === true) return;
    yield next.value;
  }
}

function alignedTo(widths: readonly number[], cells: Cells): string {
  const aligned = cells.map((cell, column) => {
    const missing = (widths[column] ?? 0) - widthOf(cell);
    return cell + ' '.repeat(Math.max(0, missing));
  });
  return aligned.join('  ').trimEnd();
}

/** In characters, not in the halves that JavaScript counts. */
function widthOf(text: string): number {
  return Array.from(text).length;
}
