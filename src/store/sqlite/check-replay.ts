/** Replays the ledger, account by account, and compares what it leaves with the entitlements. */
import type { Database, Statement } from 'better-sqlite3';
import type { Finding } from '../database';

const KEY = 'account_id, merchant_entitlement_id, source, source_id';

/** Lines of a range of accounts, those of an account in the order of their numbers: few are sorted at a time. */
const LINES = `SELECT ${KEY}, id, at, merchant_id, changes_access,
    before_start_at, before_end_at, before_description,
    after_start_at, after_end_at, after_description
  FROM ledger INDEXED BY ledger_account_moment WHERE account_id >= ? AND account_id < ?
  ORDER BY account_id, id`;

const HELD = `SELECT ${KEY}, merchant_id, start_at, end_at, description, changed_at
  FROM entitlement WHERE account_id >= ? AND account_id < ?
  ORDER BY ${KEY}`;

const ACCOUNTS = 'SELECT id, vid, merchant_id FROM account WHERE id >= ? AND id < ?';

const LAST = `SELECT max(
  coalesce((SELECT max(id) FROM account), 0),
  coalesce((SELECT max(account_id) FROM ledger), 0),
  coalesce((SELECT max(account_id) FROM entitlement), 0))`;

type Key = [accountId: number, id: string, source: string, sourceId: string];
type State = [start: number | null, end: number | null, description: string | null];
type Line = [
  ...Key,
  id: number,
  at: number,
  merchantId: number,
  changesAccess: number,
  ...before: State,
  ...after: State,
];
type Held = [...Key, merchantId: number, ...state: State, changedAt: number | null];
type Account = [id: number, vid: string, merchantId: number];

/** What the lines of one entitlement leave. */
interface Left {
  readonly key: Key;
  line: number;
  merchantId: number;
  start: number | null;
  end: number | null;
  description: string | null;
  changedAt: number | null;
  seen: boolean;
}

/** A check of ranges of accounts, each as it is at one moment. Its work is linear in its rows. */
export class Replay {
  private readonly lines: Statement;
  private readonly held: Statement;
  private readonly accounts: Statement;

  constructor(
    private readonly database: Database,
    private readonly onFinding: (finding: Finding) => void,
  ) {
    this.lines = database.prepare(LINES).raw();
    this.held = database.prepare(HELD).raw();
    this.accounts = database.prepare(ACCOUNTS).raw();
  }

  /** The highest row of an account that anything is kept of. */
  lastAccount(): number {
    return this.database.prepare(LAST).pluck().get() as number;
  }

  /** Checks the accounts from one row to before another. @returns how much was looked at */
  check(from: number, until: number): { entitlements: number; ledgerLines: number } {
    this.database.exec('BEGIN');
    const accounts = new Map(
      (this.accounts.all(from, until) as Account[]).map((row) => [row[0], row]),
    );
    const left = new Map<string, Left>();
    let ledgerLines = 0;
    for (const line of this.lines.iterate(from, until) as Iterable<Line>) {
      ledgerLines += 1;
      this.follow(line, left, accounts.get(line[0]));
    }
    let entitlements = 0;
    for (const held of this.held.iterate(from, until) as Iterable<Held>) {
      entitlements += 1;
      this.compare(held, left, accounts.get(held[0]));
    }
    for (const { seen, key, line } of left.values()) {
      if (seen) continue;
      const text = `is not there, but line ${line} of the ledger leaves it`;
      this.report('entitlement', `${nameOf(key, accounts.get(key[0]))} ${text}`);
    }
    this.database.exec('COMMIT');
    return { entitlements, ledgerLines };
  }

  private follow(row: Line, left: Map<string, Left>, account: Account | undefined): void {
    const [accountId, name, source, sourceId, line, at, merchantId, changesAccess] = row;
    const [, , , , , , , , beforeStart, beforeEnd, beforeText, start, end, description] = row;
    const key: Key = [accountId, name, source, sourceId];
    const place = placeOf(key);
    const before = left.get(place);
    if (
      beforeStart !== (before?.start ?? null) ||
      beforeEnd !== (before?.end ?? null) ||
      beforeText !== (before?.description ?? null) ||
      merchantId !== account?.[2]
    ) {
      const prior = before ? `follows ${before.line}` : 'is the first, or of another merchant';
      const text = `line ${line} (${nameOf(key, account)}) ${prior}`;
      this.report('ledger', `${text}, but does not begin where that left it`);
    }
    const changedAt =
      changesAccess === 1 ? Math.max(at, before?.changedAt ?? at) : (before?.changedAt ?? null);
    const seen = false;
    left.set(place, { key, line, merchantId, start, end, description, changedAt, seen });
  }

  private compare(row: Held, left: Map<string, Left>, account: Account | undefined): void {
    const [accountId, name, source, sourceId, merchantId, start, end, description, changedAt] = row;
    const key: Key = [accountId, name, source, sourceId];
    const replayed = left.get(placeOf(key));
    if (!replayed) {
      this.report('entitlement', `${nameOf(key, account)} has no line in the ledger`);
      return;
    }
    replayed.seen = true;
    const same =
      start === replayed.start &&
      end === replayed.end &&
      description === replayed.description &&
      changedAt === replayed.changedAt &&
      merchantId === replayed.merchantId;
    if (same) return;
    const text = `is not what line ${replayed.line} of the ledger leaves`;
    this.report('entitlement', `${nameOf(key, account)} ${text}`);
  }

  private report(kind: Finding['kind'], text: string): void {
    this.onFinding({ kind, text });
  }
}

function placeOf([accountId, name, source, sourceId]: Key): string {
  return `${accountId}\n${source}\n${name.length}\n${name}${sourceId}`;
}

function nameOf([, name, source, sourceId]: Key, account: Account | undefined): string {
  const from = sourceId ? `${source} ${sourceId}` : source;
  return `account ${account?.[1] ?? '?'}: ${name} by ${from}`;
}
