/** AutoBills as they are read and written. */
import type { AutoBill, AutoBillItem } from '../../contract/types.generated';
import type { Course } from '../../entitlements/subscription';
import type { StoredAutoBill, StoredAutoBillItem } from '../auto-bills';
import type { Cursor } from '../listing/page-cursors';

/** The columns read of an AutoBill, of auto_bill and of billing_plan as `plan`. */
export const AUTO_BILL_COLUMNS = `auto_bill.id AS id, auto_bill.vid AS "VID",
    merchant_auto_bill_id AS "merchantAutoBillId", account_id AS "accountId",
    plan.vid AS "billingPlan", start_at AS start, plan_start_at AS "planStart",
    billed_from_period AS "billedFromPeriod", billed_from_at AS "billedFromAt",
    billing_day AS "billingDay", whole_days AS "wholeDays",
    moved_period AS "movedPeriod", moved_at AS "movedAt", delayed_days AS "delayedDays",
    cancelled_at AS "cancelledAt", ends_at AS "endsAt", retry_since AS "retrySince",
    grace_until AS "graceUntil", failed_at AS "failedAt", auto_bill.document AS document,
    auto_bill.created_at AS "createdAt", due_at AS "dueAt"`;

/** The columns read of an AutoBill's product, of auto_bill_item and product. */
export const ITEM_COLUMNS = `auto_bill_item.vid AS "VID", product.vid AS product, from_at AS "from",
    until_at AS until, auto_bill_item.document AS document`;

/** A row as it is read. */
export interface AutoBillRow extends Omit<Course, 'billedFrom' | 'moved'> {
  readonly billingDay: number | undefined;
  readonly id: number;
  readonly VID: string;
  readonly merchantAutoBillId: string | undefined;
  readonly accountId: number;
  readonly billingPlan: string;
  readonly billedFromPeriod: number;
  readonly billedFromAt: number;
  readonly movedPeriod: number | undefined;
  readonly movedAt: number | undefined;
  readonly document: string;
  readonly createdAt: number;
  readonly dueAt: number | undefined;
}

/** The row of an AutoBill's product as it is read. */
export type ItemRow = Omit<StoredAutoBillItem, 'values'> & { readonly document: string };

/** Something that happened to an AutoBill, in a listing. */
export interface AutoBillEventRow extends Cursor {
  readonly autoBill: number;
}

/** An AutoBill from its row and those of its products, in their order. */
export function toAutoBill(row: AutoBillRow, items: readonly ItemRow[]): StoredAutoBill {
  return {
    id: row.id,
    VID: row.VID,
    merchantAutoBillId: row.merchantAutoBillId,
    accountId: row.accountId,
    billingPlan: row.billingPlan,
    createdAt: row.createdAt,
    dueAt: row.dueAt,
    course: toCourse(row),
    items: items.map(toItem),
    values: JSON.parse(row.document) as AutoBill,
  };
}

function toCourse(row: AutoBillRow): Course {
  const { movedPeriod, movedAt } = row;
  return {
    start: row.start,
    planStart: row.planStart,
    delayedDays: row.delayedDays,
    cancelledAt: row.cancelledAt,
    endsAt: row.endsAt,
    retrySince: row.retrySince,
    graceUntil: row.graceUntil,
    failedAt: row.failedAt,
    wholeDays: row.wholeDays,
    billedFrom: {
      period: row.billedFromPeriod,
      at: row.billedFromAt,
      billingDay: row.billingDay,
    },
    moved:
      movedPeriod === undefined || movedAt === undefined
        ? undefined
        : { period: movedPeriod, at: movedAt },
  };
}

function toItem({ VID, product, from, until, document }: ItemRow): StoredAutoBillItem {
  return { VID, product, from, until, values: JSON.parse(document) as AutoBillItem };
}

/** The columns of an AutoBill that change. */
export const AUTO_BILL_CHANGING = [
  'account_id',
  'merchant_auto_bill_id',
  'start_at',
  'plan_start_at',
  'billed_from_period',
  'billed_from_at',
  'billing_day',
  'moved_period',
  'moved_at',
  'delayed_days',
  'cancelled_at',
  'ends_at',
  'retry_since',
  'grace_until',
  'failed_at',
  'whole_days',
  'document',
  'due_at',
];

/** Their values, in their order. */
export function changingOf({ course, ...autoBill }: Omit<StoredAutoBill, 'id'>): unknown[] {
  return [
    autoBill.accountId,
    autoBill.merchantAutoBillId,
    course.start,
    course.planStart,
    course.billedFrom.period,
    course.billedFrom.at,
    course.billedFrom.billingDay,
    course.moved?.period,
    course.moved?.at,
    course.delayedDays,
    course.cancelledAt,
    course.endsAt,
    course.retrySince,
    course.graceUntil,
    course.failedAt,
    course.wholeDays,
    JSON.stringify(autoBill.values),
    autoBill.dueAt,
  ];
}
