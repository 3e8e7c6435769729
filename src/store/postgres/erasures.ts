/** The erasure of personal data. Decided: docs/decisions/erasure.md */
import {
  type AccountNames,
  ERASED,
  type ErasureReads,
  type ErasureWrites,
  type LineText,
  type StoredErasure,
} from '../erasures';
import { EMPTIED, ERASURE_COLUMNS, NAME_COLUMNS, TEXT_COLUMNS } from '../rows/erasure-row';
import type { Walk } from '../walk';
import { type Change, MOST_TEXT, type Prepare, type PrepareChange, type Query } from './query';
import { prepareLineWalk, prepareWalk, walkThrough, type WalkStatements } from './walks';

/** Every look-up, prepared once. */
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
  const account = 'FROM account WHERE merchant_id = :merchant AND';
  return {
    // The merchant's own: numbers of several merchants may be kept in another order than they were given in.
    last: prepare('SELECT id FROM erasure WHERE merchant_id = ? ORDER BY id DESC LIMIT 1'),
    ofAccount: prepare<StoredErasure>(
      `SELECT ${ERASURE_COLUMNS} FROM erasure WHERE merchant_id = ? AND account_id = ? ORDER BY id`,
    ),
    names: prepare<AccountNames>(
      `SELECT ${NAME_COLUMNS} ${account} id = :id
       UNION ALL SELECT ${NAME_COLUMNS} ${account} merged_into = :id`,
    ),
    heir: prepare('SELECT transferred_to AS id FROM account WHERE merchant_id = ? AND id = ?'),
    transferred: prepareWalk(prepare, { table: 'account', key: 'transferred_to', row: 'id' }),
    lineText: prepare<LineText>(
      `SELECT ${TEXT_COLUMNS} FROM ledger WHERE merchant_id = ? AND id = ?`,
    ),
    children: prepareWalk(prepare, {
      ...{ table: 'account', key: 'parent_merchant_account_id', row: 'id' },
    }),
    lines: prepareLineWalk(prepare),
    events: prepareWalk(prepare, { table: 'event', key: 'account_id', row: 'sequence' }),
    answersExtent: prepare(
      `SELECT count(*) AS total, coalesce(max(kept_at), 0) AS last FROM
         (SELECT kept_at FROM kept_answer WHERE kept_at > :after ORDER BY kept_at LIMIT :limit) AS part`,
    ),
    answerMoments: prepare(
      // Those of other merchants, too: one that has none among millions would look at all of them in one go.
      `SELECT DISTINCT kept_at AS id FROM kept_answer
       WHERE kept_at > :after AND kept_at <= :until ORDER BY kept_at LIMIT :limit`,
    ),
    answers: prepare(
      `SELECT key, body FROM kept_answer
       WHERE kept_at = ? AND merchant_id = ? AND key > ? ORDER BY key LIMIT ?`,
    ),
  };
}

/** Every change, prepared once. Those of lines go through functions of the schema: the server's role has no other way. */
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
    | 'eraseText'
    | 'renameInNote'
    | 'eraseDescription'
    | 'blankAnswer'
    | 'deleteAnswer',
    Change
  >
> & { readonly renameLines: Change<{ readonly count: number }> };

/** Prepares them. */
export function prepareErasureWrites(prepare: PrepareChange): ErasureWriteStatements {
  const ofAccount = 'WHERE merchant_id = :merchant AND account_id = :account';
  const key = 'merchant_id, account_id, merchant_entitlement_id, source, source_id';
  return {
    insert: prepare(
      `INSERT INTO erasure (merchant_id, account_id, at, actor, soap_id, revoked)
       VALUES (:merchant, :accountId, :at, :actor, :callId, :revoked)`,
    ),
    eraseAccount: prepare(
      `UPDATE account SET ${EMPTIED}, merchant_account_id = :merchantAccountId,
         external_id = :externalId, modified_at = :modifiedAt
       WHERE merchant_id = :merchant AND id = :account`,
    ),
    eraseAddress: prepare(`DELETE FROM address ${ofAccount}`),
    eraseNameValues: prepare(`DELETE FROM name_value ${ofAccount}`),
    eraseTaxExemptions: prepare(`DELETE FROM tax_exemption ${ofAccount}`),
    eraseProfile: prepare(`UPDATE user_profile SET firstname = NULL, lastname = NULL ${ofAccount}`),
    // That of an erasure says nothing of a person.
    eraseEvent: prepare(
      `UPDATE event SET note = NULL, document = NULL WHERE merchant_id = :merchant
         AND sequence = :sequence AND reason IS DISTINCT FROM '${ERASED}'`,
    ),
    renameOrder: prepare(
      'UPDATE customer_order SET order_id = :to WHERE merchant_id = :merchant AND id = :row',
    ),
    // The lines know which accounts the order's access was or is of: it may have been transferred.
    renameAccess: prepare(
      `UPDATE entitlement SET source_id = :to WHERE (${key}) IN
         (SELECT ${key} FROM ledger WHERE merchant_id = :merchant AND source = 'Order'
            AND source_id = :from ORDER BY at, id LIMIT :limit)`,
    ),
    renameLines: prepare(
      'SELECT rename_ledger_order(:merchant, :from, :to, :limit::integer) AS count',
    ),
    eraseText: prepare('SELECT erase_ledger_text(:merchant, :line, :part)'),
    renameInNote: prepare('SELECT rename_in_ledger_note(:merchant, :line, :note)'),
    eraseDescription: prepare(
      `UPDATE entitlement SET description = NULL WHERE (${key}) =
         (SELECT ${key} FROM ledger WHERE merchant_id = :merchant AND id = :line)
         AND description = :text`,
    ),
    blankAnswer: prepare(
      `UPDATE kept_answer SET fingerprint = '${ERASED}', body = 'null'
       WHERE merchant_id = :merchant AND key = :key`,
    ),
    deleteAnswer: prepare('DELETE FROM kept_answer WHERE merchant_id = :merchant AND key = :key'),
  };
}

/** What takes all that is kept of an account beside its row. */
const PARTS = ['eraseAddress', 'eraseNameValues', 'eraseTaxExemptions', 'eraseProfile'] as const;

/** Erasures of one merchant. */
export class PostgresErasureReads implements ErasureReads {
  constructor(
    protected readonly reads: ErasureReadStatements,
    protected readonly merchantId: number,
  ) {}

  readonly last = async (): Promise<number> =>
    (await this.reads.last.get(this.merchantId))?.id ?? 0;

  listOf(accountId: number): Promise<StoredErasure[]> {
    return this.reads.ofAccount.all(this.merchantId, accountId);
  }
}

/** One unit's view of erasures. */
export class PostgresErasureWrites extends PostgresErasureReads implements ErasureWrites {
  constructor(
    reads: ErasureReadStatements,
    private readonly writes: ErasureWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  /** @returns the number of rows that it changed */
  private run(name: keyof ErasureWriteStatements, values: object): Promise<number> {
    return this.writes[name].run({ merchant: this.merchantId, ...values });
  }

  async insert(erasure: Omit<StoredErasure, 'finishedAt'>): Promise<void> {
    await this.run('insert', erasure);
  }

  listNames(id: number): Promise<AccountNames[]> {
    return this.reads.names.all({ merchant: this.merchantId, id });
  }

  async findHeir(accountId: number): Promise<number | undefined> {
    return (await this.reads.heir.get(this.merchantId, accountId))?.id;
  }

  get ofTransferred(): Walk {
    return walkThrough(this.reads.transferred, this.merchantId);
  }

  async eraseAccount(
    account: number,
    names: Pick<AccountNames, 'merchantAccountId' | 'externalId'>,
    modifiedAt: number,
  ): Promise<void> {
    await this.run('eraseAccount', { account, modifiedAt, ...names });
    for (const part of PARTS) await this.run(part, { account });
  }

  ofChildren(parent: string): Walk {
    return walkThrough(this.reads.children, this.merchantId, { subject: parent });
  }

  async renameOrder(row: number, to: string): Promise<void> {
    await this.run('renameOrder', { row, to });
  }

  async renameOrderLines(from: string, to: string, limit: number): Promise<boolean> {
    const some = { merchant: this.merchantId, from, to, limit };
    await this.run('renameAccess', some);
    const renamed = await this.writes.renameLines.get(some);
    return (renamed?.count ?? 0) < limit;
  }

  get ofLines(): Walk {
    return walkThrough(this.reads.lines, this.merchantId);
  }

  findLineText(line: number): Promise<LineText | undefined> {
    return this.reads.lineText.get(this.merchantId, line);
  }

  async eraseLineText(line: number, parts: ReadonlyArray<keyof LineText>): Promise<void> {
    const texts = await this.findLineText(line);
    for (const part of parts) {
      if (part !== 'note') await this.run('eraseDescription', { line, text: texts?.[part] });
      await this.run('eraseText', { line, part });
    }
  }

  async renameInNote(line: number, note: string): Promise<void> {
    await this.run('renameInNote', { line, note });
  }

  get ofEvents(): Walk {
    return walkThrough(this.reads.events, this.merchantId);
  }

  async eraseEvent(sequence: number): Promise<void> {
    await this.run('eraseEvent', { sequence });
  }

  get ofAnswers(): Walk {
    const { answersExtent, answerMoments } = this.reads;
    return {
      extent: async (_subject, part) => (await answersExtent.get(part)) ?? { total: 0, last: 0 },
      next: async (_subject, range) => (await answerMoments.all(range)).map(({ id }) => id),
    };
  }

  listAnswers(keptAt: number, after: string, limit: number) {
    return this.reads.answers.some(MOST_TEXT, keptAt, this.merchantId, after, limit);
  }

  async blankAnswer(key: string): Promise<void> {
    await this.run('blankAnswer', { key });
  }

  async deleteAnswer(key: string): Promise<void> {
    await this.run('deleteAnswer', { key });
  }
}
