/** An event of the feed as it is read. */
import type { RecordedEvent, StoredEvent } from '../events';
import type { LedgerRow } from '../ledger';
import { toLedgerRow } from './ledger-row';
import { toFields } from './to-fields';

/** Columns that both a line and an event have come under other names. */
export const EVENT_COLUMNS = `event.sequence, account.id AS "accountId", account.merged_into AS "mergedInto",
  account.parent_merchant_account_id AS "parentMerchantAccountId",
  event.type, event.at AS "eventAt", event.subject, event.actor AS "eventActor", event.reason AS "eventReason",
  event.note AS "eventNote", event.soap_id AS "eventSoapId", event.document`;

/** What EVENT_COLUMNS reads, with the account's names. */
interface EventRow extends Omit<RecordedEvent, 'document' | 'actor' | 'at' | 'type'> {
  readonly sequence: number;
  /** Of an event of an endpoint there is none. */
  readonly VID?: string;
  readonly merchantAccountId?: string;
  readonly parentMerchantAccountId?: string;
  readonly mergedInto?: number;
  readonly billingPlan?: string;
  /** Of a line there is none. */
  readonly type?: RecordedEvent['type'];
  readonly eventAt: number;
  readonly eventActor: string;
  readonly eventReason?: string;
  readonly eventNote?: string;
  readonly eventSoapId?: string;
  readonly document?: string;
}

/** An event from EVENT_COLUMNS, `billingPlan` and LEDGER_COLUMNS; what is NULL may be undefined or null. */
export function toEvent(columns: unknown): StoredEvent {
  const {
    sequence,
    accountId: id,
    type,
    mergedInto,
    parentMerchantAccountId,
    billingPlan,
    ...row
  } = toFields<EventRow>(columns);
  const { VID, merchantAccountId } = row;
  const account =
    id === undefined || VID === undefined
      ? undefined
      : { id, VID, merchantAccountId, parentMerchantAccountId, mergedInto };
  if (type === undefined) {
    return { sequence, account, line: toLine(columns), billingPlan, event: undefined };
  }
  const { eventAt: at, eventActor: actor, eventReason: reason, eventNote: note, subject } = row;
  const document = row.document === undefined ? undefined : (JSON.parse(row.document) as object);
  const soapId = row.eventSoapId;
  const event = { type, at, accountId: id, subject, actor, reason, note, soapId, document };
  return { sequence, account, line: undefined, billingPlan, event };
}

/** Columns of an event that no line has. */
const OF_EVENT = new Set([
  'sequence',
  'accountId',
  'mergedInto',
  'parentMerchantAccountId',
  'billingPlan',
]);

function toLine(columns: unknown): LedgerRow {
  const all = Object.entries(columns as object);
  return toLedgerRow(Object.fromEntries(all.filter(([name]) => !OF_EVENT.has(name))));
}
