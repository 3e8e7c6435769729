/** The file into which a merchant's data are written before they are removed. */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';

/** `{"schema": N, "tables": {"merchant": [rows], …}}`, a row a line. */
export interface ExportFile {
  /** Begins the rows of a table. */
  begin(table: string): void;
  /** @param row as JSON */
  add(row: string): void;
  /** Has it on disk, and closes it. */
  end(): void;
  /** Takes it away again. */
  remove(): void;
}

/**
 * Makes the file.
 * @param path nothing may be there
 * @param schema the number of the schema's last step
 * @throws Error when it cannot be made
 */
export function createExport(path: string, schema: number): ExportFile {
  const descriptor = openSync(path, 'wx', 0o600);
  writeSync(descriptor, `{"schema": ${schema}, "tables": {`);
  let before = '';
  let beforeRow = '';
  return {
    begin: (table) => {
      writeSync(descriptor, `${before}\n"${table}": [`);
      before = '],';
      beforeRow = '\n';
    },
    add: (row) => {
      writeSync(descriptor, beforeRow + row);
      beforeRow = ',\n';
    },
    end: () => {
      writeSync(descriptor, ']}}\n');
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
    remove: () => {
      rmSync(path, { force: true });
      closeSync(descriptor);
    },
  };
}
