/** A COPY FROM STDIN: `pg` itself has nothing to send. */
import { Query } from 'pg';
import type { CopyRow, CopyValue } from '../copy-ends';

/** What `pg` gives a statement that PostgreSQL wants rows for. */
interface Sending {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Sends rows when PostgreSQL is ready for them. */
export class CopyIn extends Query {
  /** @param copied rows in COPY's text form; `rows` and `text` are names of pg's own */
  constructor(
    sql: string,
    private readonly copied: string,
    onEnd: (error: Error | null) => void,
  ) {
    super(sql, onEnd as () => void);
  }

  /** Called by `pg`. */
  handleCopyInResponse(connection: Sending): void {
    connection.sendCopyFromChunk(Buffer.from(this.copied));
    connection.endCopyFrom();
  }
}

/** Rows in COPY's text form. */
export function toCopyText(rows: readonly CopyRow[]): string {
  let text = '';
  for (const row of rows) text += `${row.map(toText).join('\t')}\n`;
  return text;
}

/** The letters after a backslash that stand for what would end a value. */
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const TO_ESCAPE = /[\\\n\r\t]/;
const ALL_TO_ESCAPE = /[\\\n\r\t]/g;

function toText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') {
    if (!TO_ESCAPE.test(value)) return value;
    return value.replaceAll(ALL_TO_ESCAPE, (letter) => ESCAPED[letter] ?? letter);
  }
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return String(value);
}
