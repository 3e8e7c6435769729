/** The ledger for the operator, oldest line first: lines of many merchants or accounts as one list. */
import type { LedgerOptions, LedgerRow } from '../ledger';
import { mergeLines } from '../listing/merged-lines';
import { toLedgerRow } from '../rows/ledger-row';
import { LEDGER_SELECT, ofCall } from './ledger-select';
import { accountsNamed, type NamedAccount } from './operator-reads';
import type { Prepare } from './query';

/** @returns a function that finds the number of the ledger's last line; 0: it has none */
export function prepareLastLedgerLine(prepare: Prepare): () => Promise<number> {
  const last = prepare<{ readonly line: number }>(
    `SELECT coalesce(max(line), 0) AS line FROM merchant,
       LATERAL (SELECT max(id) AS line FROM ledger WHERE merchant_id = merchant.id) AS last`,
  );
  return async () => (await last.get())?.line ?? 0;
}

/** The ledger as it is when the listing begins, by (at, id). No transaction is held between two pages. */
export async function* listLedger(
  prepare: Prepare,
  lastLedgerLine: () => Promise<number>,
  options: LedgerOptions,
): AsyncGenerator<LedgerRow> {
  const { merchant, account, order, soapId, until, asOf, from = 0 } = options;
  const page = prepare<object>(pageOf(options));
  const values = { order, soapId, until, ...asOf };
  const end = await lastLedgerLine();
  const parts = await findParts(prepare, { merchant, account });
  yield* mergeLines(parts, from, async ({ id, merchantId }, place, limit) =>
    (await page.all({ ...values, ...place, id, merchantId, end, limit })).map(toLedgerRow),
  );
}

/** What a page is read of: a merchant's lines, or an account's. */
type Part = Omit<NamedAccount, 'id'> & { readonly id?: number };

async function findParts(
  prepare: Prepare,
  { merchant, account }: Pick<LedgerOptions, 'merchant' | 'account'>,
): Promise<Part[]> {
  const merchants = await prepare<{ readonly merchantId: number }>(
    `SELECT id AS "merchantId" FROM merchant WHERE :merchant::text IS NULL OR login = :merchant
     ORDER BY id`,
  ).all({ merchant });
  if (account === undefined) return merchants;
  const named = await accountsNamed(prepare, account);
  const ids = new Set(merchants.map(({ merchantId }) => merchantId));
  return named.filter(({ merchantId }) => ids.has(merchantId));
}

/** The statement of a page of one part: by an index that has its lines in their order. */
function pageOf({ account, order, soapId, until, asOf }: LedgerOptions): string {
  const conditions = [
    'ledger.merchant_id = :merchantId',
    '(ledger.at, ledger.id) > (:at, :after)',
    'ledger.id <= :end',
  ];
  if (account !== undefined) conditions.push('ledger.account_id = :id');
  if (order !== undefined) conditions.push("ledger.source = 'Order' AND ledger.source_id = :order");
  if (soapId !== undefined) conditions.push(ofCall(':soapId'));
  if (until !== undefined) conditions.push('ledger.at < :until');
  if (asOf) conditions.push('(ledger.at <= :moment OR ledger.id <= :line)');
  return `${LEDGER_SELECT} WHERE ${conditions.join(' AND ')}
    ORDER BY ledger.at, ledger.id LIMIT :limit`;
}
