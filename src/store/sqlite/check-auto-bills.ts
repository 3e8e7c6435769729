/** Checks that AutoBills and the entitlements that they gave agree. */
import type { Database } from 'better-sqlite3';

/** An entitlement's sourceId begins with the VID of its AutoBill: 40 hexadecimal digits. */
const OF_ITS_AUTO_BILL = `
  FROM entitlement
  LEFT JOIN auto_bill ON auto_bill.vid = substr(entitlement.source_id, 1, 40)
  WHERE entitlement.source = 'AutoBill'`;

/** Entitlements in force without end, now or before, that no AutoBill of that account gives. */
const NOT_ITS_OWN = `
  SELECT entitlement.source_id AS sourceId, merchant_entitlement_id AS id ${OF_ITS_AUTO_BILL}
    AND entitlement.end_at IS NULL AND auto_bill.account_id IS NOT entitlement.account_id`;

/**
 * Entitlements longer than their AutoBill runs; those withdrawn before they began don't count. What ends
 * at once ends at the last completed second, so that access which ended by itself within two seconds
 * before it stays as it is.
 * Decided: docs/decisions/at-once.md
 */
const TOO_LONG = `
  SELECT entitlement.source_id AS sourceId, merchant_entitlement_id AS id ${OF_ITS_AUTO_BILL}
    AND entitlement.account_id = auto_bill.account_id
    AND coalesce(entitlement.end_at, 9e15) > entitlement.start_at
    AND coalesce(entitlement.end_at, 9e15) - 2000
      >= min(coalesce(ends_at, 9e15), coalesce(grace_until, 9e15), coalesce(failed_at, 9e15))`;

interface Row {
  readonly sourceId: string;
  readonly id: string;
}

/** The findings, in a sentence each. */
export function* autoBillFindings(database: Database): Iterable<string> {
  const rows = (sql: string) => database.prepare(sql).iterate() as Iterable<Row>;
  for (const { sourceId, id } of rows(NOT_ITS_OWN)) {
    yield `${id} comes from the AutoBill ${sourceId}, which is not of that account`;
  }
  for (const { sourceId, id } of rows(TOO_LONG)) {
    yield `the AutoBill ${sourceId} gives ${id} for longer than it runs`;
  }
}
