/** Checks that each line of the ledger has its number in the feed, and that no number is left out. */
import type { Database, Statement } from 'better-sqlite3';

/** How many lines are looked for as they are at one moment. */
const LINES = 10_000;

const LINES_AFTER = 'SELECT id, merchant_id FROM ledger WHERE id > ? ORDER BY id LIMIT ?';

const EVENTS_AFTER = `SELECT sequence, ledger_id FROM event
  WHERE merchant_id = ? AND sequence > ? ORDER BY sequence`;

/**
 * A walk through the ledger and beside it through each merchant's feed, in which lines have the same order.
 * Its work is linear in the rows of both.
 */
export class FeedWalk {
  private readonly lines: Statement;
  private readonly events: Statement;
  private readonly merchants: Statement;
  private readonly login: Statement;
  /** The last line that was looked for. */
  private line = 0;
  /** The last number that was looked at, by merchant. */
  private readonly last = new Map<number, number>();

  /** @param report called with each fault, in a sentence */
  constructor(
    private readonly database: Database,
    private readonly report: (text: string) => void,
  ) {
    this.lines = database.prepare(LINES_AFTER).raw();
    this.events = database.prepare(EVENTS_AFTER).raw();
    this.merchants = database.prepare('SELECT id FROM merchant').pluck();
    this.login = database.prepare('SELECT login FROM merchant WHERE id = ?').pluck();
  }

  /** Goes some lines on, and after the last one through what is left of the feeds. @returns whether to go on */
  next(): boolean {
    this.database.exec('BEGIN');
    const rows = this.lines.all(this.line, LINES) as Array<[line: number, merchant: number]>;
    const ofMerchant = new Map<number, number[]>();
    for (const [line, merchant] of rows) {
      const lines = ofMerchant.get(merchant);
      if (lines) lines.push(line);
      else ofMerchant.set(merchant, [line]);
    }
    this.line = rows.at(-1)?.[0] ?? Infinity;
    for (const [merchant, lines] of ofMerchant) this.follow(merchant, lines);
    const more = rows.length > 0;
    if (!more) for (const merchant of this.merchants.all() as number[]) this.follow(merchant, []);
    this.database.exec('COMMIT');
    return more;
  }

  /** Goes through a merchant's feed to the last of these lines; without any, to its end. */
  private follow(merchant: number, lines: readonly number[]): void {
    let sequence = this.last.get(merchant) ?? 0;
    let found = 0;
    const events = this.events.iterate(merchant, sequence) as Iterable<[number, number | null]>;
    for (const [number, line] of events) {
      if (line !== null && line > this.line) break;
      if (number !== sequence + 1) {
        this.reportOf(merchant, `no event is between ${sequence} and ${number}`);
      }
      sequence = number;
      if (line === null) continue;
      found = this.skip(lines, found, line);
      if (lines[found] === line) found += 1;
      else
        this.reportOf(
          merchant,
          `event ${number} is of line ${line}, which is not there or has a number before`,
        );
      if (lines.length > 0 && found === lines.length) break;
    }
    this.skip(lines, found, Infinity);
    this.last.set(merchant, sequence);
  }

  private reportOf(merchant: number, text: string): void {
    this.report(`merchant ${this.login.get(merchant) as string}: ${text}`);
  }

  /** Reports the lines before another. @returns how many are done then */
  private skip(lines: readonly number[], from: number, until: number): number {
    let index = from;
    for (; index < lines.length && (lines[index] ?? until) < until; index += 1) {
      this.report(`line ${lines[index]} of the ledger has no event in its place`);
    }
    return index;
  }
}
