/** A line of the ledger as answers show it, and in words. */
import { TIME } from '../base/work';
import type { Action, EntitlementState } from '../entitlements/entitlement';
import type { LedgerRow } from '../store/store';

/** Writes a moment, UTC milliseconds, as ISO 8601 with its zone. */
export type WriteMoment = (moment: number) => string;

/** A line under the names of the REST answers. */
export function presentLine(row: LedgerRow, write: WriteMoment) {
  const { id, at, before, after, ...line } = row;
  const { actor, action, reason, note, soapId, source, sourceId } = line;
  return {
    id: String(id),
    at: write(at),
    actor,
    action,
    reason,
    note,
    requestId: soapId,
    source,
    orderId: source === 'Order' ? sourceId : undefined,
    userId: line.VID,
    merchantAccountId: line.merchantAccountId,
    merchantEntitlementId: line.merchantEntitlementId,
    before: before && presentState(before, write),
    after: presentState(after, write),
  };
}

function presentState({ start, end }: EntitlementState, write: WriteMoment) {
  return { start: write(start), end: end === undefined ? undefined : write(end) };
}

const DONE: Readonly<Record<Action, string>> = {
  grant: 'granted',
  revoke: 'revoked',
  restore: 'restored',
  extend: 'extended',
  transfer: 'transferred',
  start: 'began',
  expire: 'ran out',
  repair: 'repaired',
};

/** `revoked by shop on 2024-06-01T12:00:00Z, reason refunded, note "Ticket 17", call 0f…`. */
export function describeAct(row: LedgerRow, write: WriteMoment): string {
  const { action, actor, at, reason, note, soapId } = row;
  const by = actor === TIME ? 'by itself' : `by ${actor}`;
  return [
    `${DONE[action]} ${by} on ${write(at)}`,
    reason === undefined ? '' : `, reason ${reason}`,
    note === undefined ? '' : `, note "${note}"`,
    soapId === undefined ? '' : `, call ${soapId}`,
  ].join('');
}

/**
 * A line with its entitlement and account, in words: `Line 7: lessons of bob: revoked by shop on …;
 * until …`.
 */
export function describeLine(row: LedgerRow, write: WriteMoment): string {
  const { id, merchantAccountId, VID, merchantEntitlementId, after } = row;
  const what = `${merchantEntitlementId} of ${merchantAccountId ?? VID}`;
  return `Line ${id}: ${what}: ${describeAct(row, write)}; ${describeEnd(after.end, write)}.`;
}

/** `without end`, or until when. */
export function describeEnd(end: number | undefined, write: WriteMoment): string {
  return end === undefined ? 'without end' : `until ${write(end)}`;
}
