/** The erasure of personal data in SQLite. Decided: docs/decisions/erasure.md */
import type { Database } from 'better-sqlite3';
import {
  type AccountNames,
  ERASED,
  type ErasureReads,
  type ErasureWrites,
  type LineText,
  type StoredErasure,
} from '../erasures';
import type { WalkPart, WalkRange } from '../walk';
import { EMPTIED, ERASURE_COLUMNS, NAME_COLUMNS, TEXT_COLUMNS } from '../rows/erasure-row';
import { guarded } from './guarded';
import { MOST_TEXT, plannedOnce, type Prepare, type Query } from './query';
import { toColumn } from './rows';
import { prepareLineWalk, prepareWalk, walkThrough, type WalkStatements } from './walks';
import { preparingStatements, type Statement } from './statement';

/** Every look-up of a connection, prepared once. */
export interface ErasureReadStatements {
  readonly last: Query<{ readonly id: number }>;
  readonly ofAccount: Query<StoredErasure>;
  readonly names: Query<AccountNames>;
  readonly heir: Query<{ readonly id: number | undefined }>;
  readonly transferred: WalkStatements;
  readonly lineText: Query<LineText>;
  readonly children: WalkStatements;
  readonly lines: WalkStatements;
  readonly events: WalkStatements;
  readonly answersExtent: Query<{ readonly total: number; readonly last: number }>;
  readonly answerMoments: Query<{ readonly id: number }>;
  readonly answers: Query<{ readonly key: string; readonly body: string }>;
}

/** Prepares them. */
export function prepareErasureReads(prepare: Prepare): ErasureReadStatements {
  return {
    last: prepare('SELECT id FROM erasure ORDER BY id DESC LIMIT 1'),
    ofAccount: prepare<StoredErasure>(
      `SELECT ${ERASURE_COLUMNS} FROM erasure WHERE account_id = ? AND +merchant_id = ? ORDER BY id`,
      ['revoked'],
    ),
    names: prepare<AccountNames>(
      `SELECT ${NAME_COLUMNS} FROM account
       WHERE (id = :id OR merged_into = :id) AND +merchant_id = :merchant`,
    ),
    heir: prepare('SELECT transferred_to AS id FROM account WHERE id = ? AND +merchant_id = ?'),
    transferred: prepareWalk(prepare, { table: 'account', key: 'transferred_to', row: 'id' }),
    lineText: prepare<LineText>(
      `SELECT ${TEXT_COLUMNS} FROM ledger WHERE id = ? AND +merchant_id = ?`,
    ),
    children: prepareWalk(prepare, {
      ...{ table: 'account', key: 'parent_merchant_account_id', row: 'id' },
      condition: 'merchant_id = :merchant',
    }),
    lines: prepareLineWalk(prepare),
    events: prepareWalk(prepare, {
      ...{ table: 'event', key: 'account_id', row: 'sequence' },
      // Their order in the index of accounts.
      condition: 'merchant_id = (SELECT merchant_id FROM account WHERE id = :subject)',
    }),
    answersExtent: prepare(
      `SELECT count(*) AS total, coalesce(max(kept_at), 0) AS last
       FROM (SELECT kept_at FROM kept_answer WHERE kept_at > :after ORDER BY kept_at LIMIT :limit)`,
    ),
    answerMoments: prepare(
      // Those of other merchants, too: one that has none among millions would look at all of them in one go.
      `SELECT DISTINCT kept_at AS id FROM kept_answer
       WHERE kept_at > :after AND kept_at <= :until ORDER BY kept_at LIMIT :limit`,
    ),
    answers: prepare(
      `SELECT key, body FROM kept_answer INDEXED BY kept_answer_moment
       WHERE kept_at = ? AND merchant_id = ? AND key > ? ORDER BY key LIMIT ?`,
    ),
  };
}

/** Every change, prepared once. */
export type ErasureWriteStatements = Readonly<
  Record<
    | 'insert'
    | 'eraseAccount'
    | 'eraseAddress'
    | 'eraseNameValues'
    | 'eraseTaxExemptions'
    | 'eraseProfile'
    | 'eraseEvent'
    | 'renameOrder'
    | 'renameAccess'
    | 'renameLines'
    | 'eraseNote'
    | 'renameInNote'
    | 'eraseDescription'
    | 'eraseBefore'
    | 'eraseAfter'
    | 'blankAnswer'
    | 'deleteAnswer',
    Statement
  >
>;

/** Prepares them. */
export function prepareErasureWrites(database: Database): ErasureWriteStatements {
  const prepare = preparingStatements(database);
  const someLines = `FROM ledger WHERE merchant_id = :merchant AND source = 'Order'
    AND source_id = :from ORDER BY at, position LIMIT +:limit`;
  return {
    insert: prepare(
      `INSERT INTO erasure (merchant_id, account_id, at, actor, soap_id, revoked)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    eraseAccount: prepare(
      `UPDATE account SET ${EMPTIED},
         merchant_account_id = ?, external_id = ?, modified_at = ? WHERE id = ? AND merchant_id = ?`,
    ),
    eraseAddress: prepare('DELETE FROM address WHERE account_id = ?'),
    eraseNameValues: prepare('DELETE FROM name_value WHERE account_id = ?'),
    eraseTaxExemptions: prepare('DELETE FROM tax_exemption WHERE account_id = ?'),
    eraseProfile: prepare(
      'UPDATE user_profile SET firstname = NULL, lastname = NULL WHERE account_id = ?',
    ),
    // That of an erasure says nothing of a person.
    eraseEvent: prepare(
      `UPDATE event SET note = NULL, document = NULL
       WHERE merchant_id = ? AND sequence = ? AND reason IS NOT '${ERASED}'`,
    ),
    renameOrder: prepare(
      'UPDATE customer_order SET order_id = ? WHERE id = ? AND +merchant_id = ?',
    ),
    // The lines know which accounts the order's access was or is of: it may have been transferred.
    renameAccess: prepare(
      plannedOnce(
        `UPDATE entitlement SET source_id = :to
         WHERE (account_id, merchant_entitlement_id, source, source_id) IN
           (SELECT account_id, merchant_entitlement_id, source, source_id ${someLines})`,
      ),
    ),
    renameLines: prepare(
      plannedOnce(`UPDATE ledger SET source_id = :to WHERE id IN (SELECT id ${someLines})`),
    ),
    eraseNote: prepare('UPDATE ledger SET note = NULL WHERE id = ?'),
    renameInNote: prepare('UPDATE ledger SET note = ? WHERE id = ? AND +merchant_id = ?'),
    eraseDescription: prepare(
      `UPDATE entitlement SET description = NULL
       WHERE (account_id, merchant_entitlement_id, source, source_id) =
         (SELECT account_id, merchant_entitlement_id, source, source_id FROM ledger WHERE id = :line)
         AND description = :text`,
    ),
    eraseBefore: prepare('UPDATE ledger SET before_description = NULL WHERE id = ?'),
    eraseAfter: prepare('UPDATE ledger SET after_description = NULL WHERE id = ?'),
    blankAnswer: prepare(
      `UPDATE kept_answer SET fingerprint = '${ERASED}', body = 'null'
       WHERE merchant_id = ? AND key = ?`,
    ),
    deleteAnswer: prepare('DELETE FROM kept_answer WHERE merchant_id = ? AND key = ?'),
  };
}

/** What takes each text of a line. */
const ERASERS = {
  note: 'eraseNote',
  beforeDescription: 'eraseBefore',
  afterDescription: 'eraseAfter',
} as const satisfies Record<keyof LineText, keyof ErasureWriteStatements>;

/** What takes all that is kept of an account beside its row. */
const PARTS = ['eraseAddress', 'eraseNameValues', 'eraseTaxExemptions', 'eraseProfile'] as const;

/** Erasures of one merchant. */
export class SqliteErasureReads implements ErasureReads {
  constructor(
    protected readonly reads: ErasureReadStatements,
    protected readonly merchantId: number,
  ) {}

  readonly last = (): number => this.reads.last.get()?.id ?? 0;

  listOf(accountId: number): StoredErasure[] {
    return this.reads.ofAccount.all(accountId, this.merchantId);
  }
}

/** One unit's view of erasures; its caller opens and closes the transaction. */
export class SqliteErasureWrites extends SqliteErasureReads implements ErasureWrites {
  constructor(
    reads: ErasureReadStatements,
    private readonly writes: ErasureWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  /** @returns the number of rows that it changed */
  private run(name: keyof ErasureWriteStatements, ...values: unknown[]): number {
    return guarded(() => this.writes[name].run(...values)).changes;
  }

  insert({ accountId, at, actor, callId, revoked }: Omit<StoredErasure, 'finishedAt'>): void {
    const values = [this.merchantId, accountId, at, actor, callId, revoked];
    this.run('insert', ...values.map(toColumn));
  }

  listNames(accountId: number): AccountNames[] {
    return this.reads.names.all({ id: accountId, merchant: this.merchantId });
  }

  findHeir(accountId: number): number | undefined {
    return this.reads.heir.get(accountId, this.merchantId)?.id;
  }

  get ofTransferred() {
    return walkThrough(this.reads.transferred);
  }

  eraseAccount(
    row: number,
    { merchantAccountId, externalId }: Pick<AccountNames, 'merchantAccountId' | 'externalId'>,
    modifiedAt: number,
  ): void {
    const ids = [merchantAccountId, externalId].map(toColumn);
    this.run('eraseAccount', ...ids, modifiedAt, row, this.merchantId);
    for (const part of PARTS) this.run(part, row);
  }

  ofChildren(parent: string) {
    return walkThrough(this.reads.children, { merchant: this.merchantId, subject: parent });
  }

  renameOrder(row: number, to: string): void {
    this.run('renameOrder', to, row, this.merchantId);
  }

  renameOrderLines(from: string, to: string, limit: number): boolean {
    const some = { from, to, limit, merchant: this.merchantId };
    this.run('renameAccess', some);
    return this.run('renameLines', some) < limit;
  }

  get ofLines() {
    return walkThrough(this.reads.lines);
  }

  findLineText(line: number): LineText | undefined {
    return this.reads.lineText.get(line, this.merchantId);
  }

  eraseLineText(line: number, parts: ReadonlyArray<keyof LineText>): void {
    const texts = this.findLineText(line);
    for (const part of parts) {
      if (part !== 'note') this.run('eraseDescription', { line, text: toColumn(texts?.[part]) });
      this.run(ERASERS[part], line);
    }
  }

  renameInNote(line: number, note: string): void {
    this.run('renameInNote', note, line, this.merchantId);
  }

  get ofEvents() {
    return walkThrough(this.reads.events);
  }

  eraseEvent(sequence: number): void {
    this.run('eraseEvent', this.merchantId, sequence);
  }

  get ofAnswers() {
    const { answersExtent, answerMoments } = this.reads;
    return {
      extent: (_subject: number, part: WalkPart) =>
        answersExtent.get(part) ?? { total: 0, last: 0 },
      next: (_subject: number, range: WalkRange) => answerMoments.all(range).map(({ id }) => id),
    };
  }

  listAnswers(keptAt: number, after: string, limit: number) {
    return this.reads.answers.some(MOST_TEXT, keptAt, this.merchantId, after, limit);
  }

  blankAnswer(key: string): void {
    this.run('blankAnswer', this.merchantId, key);
  }

  deleteAnswer(key: string): void {
    this.run('deleteAnswer', this.merchantId, key);
  }
}
