/** How many accounts have something of the catalogue, in SQLite. */
import { countUses, MAY_ENTITLE, type UseRow } from '../rows/uses';
import type { Subject, UseReads, Uses } from '../uses';
import type { Prepare, Query } from './query';

/** Every look-up of a connection, prepared once. */
export type UseStatements = Readonly<Record<Subject, Query<UseRow>>>;

/** The limit is that of the rows that are read: what is over counts against it. */
const OF_AUTO_BILLS = `SELECT CASE WHEN ${MAY_ENTITLE} THEN account_id END AS accountId`;

/** Prepares them. */
export function prepareUses(prepare: Prepare): UseStatements {
  return {
    product: prepare(
      `${OF_AUTO_BILLS} FROM auto_bill_item
       CROSS JOIN auto_bill ON auto_bill.id = auto_bill_item.auto_bill_id
       WHERE product_id = :subject LIMIT :limit`,
    ),
    billingPlan: prepare(
      `${OF_AUTO_BILLS} FROM auto_bill WHERE billing_plan_id = :subject LIMIT :limit`,
    ),
    offer: prepare(
      `SELECT account_id AS accountId FROM order_line
       WHERE offer = :subject AND state = 'active' LIMIT :limit`,
    ),
  };
}

/** Counts on any connection. The subject's row is the merchant's already. */
export class SqliteUses implements UseReads {
  constructor(private readonly statements: UseStatements) {}

  count(kind: Subject, subject: number, now: number, limit: number): Uses {
    const moment = kind === 'offer' ? {} : { now };
    const rows = this.statements[kind].all({ subject, ...moment, limit: limit + 1 });
    return countUses(rows, limit);
  }
}
