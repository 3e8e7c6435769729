/** How many accounts have something of the catalogue, in PostgreSQL. */
import { countUses, MAY_ENTITLE, type UseRow } from '../rows/uses';
import type { Subject, UseReads, Uses } from '../uses';
import type { Prepare, Query } from './query';

/** Every look-up, prepared once. */
export type UseStatements = Readonly<Record<Subject, Query<UseRow>>>;

/** The limit is that of the rows that are read: what is over counts against it. */
const OF_AUTO_BILLS = `SELECT CASE WHEN ${MAY_ENTITLE} THEN account_id END AS "accountId"`;

/** Prepares them. */
export function prepareUses(prepare: Prepare): UseStatements {
  return {
    product: prepare(
      `${OF_AUTO_BILLS} FROM auto_bill_item AS item JOIN auto_bill
         ON auto_bill.merchant_id = item.merchant_id AND auto_bill.id = item.auto_bill_id
       WHERE item.merchant_id = :merchant AND item.product_id = :subject LIMIT :limit`,
    ),
    billingPlan: prepare(
      `${OF_AUTO_BILLS} FROM auto_bill
       WHERE merchant_id = :merchant AND billing_plan_id = :subject LIMIT :limit`,
    ),
    offer: prepare(
      `SELECT account_id AS "accountId" FROM order_line
       WHERE merchant_id = :merchant AND offer = :subject AND state = 'active' LIMIT :limit`,
    ),
  };
}

/** One merchant's uses. */
export class PostgresUses implements UseReads {
  constructor(
    private readonly statements: UseStatements,
    private readonly merchantId: number,
  ) {}

  async count(kind: Subject, subject: number, now: number, limit: number): Promise<Uses> {
    const moment = kind === 'offer' ? {} : { now };
    const named = { merchant: this.merchantId, subject, ...moment, limit: limit + 1 };
    return countUses(await this.statements[kind].all(named), limit);
  }
}
