/** Entitlement.fetchDeltaSince: what changed in a span of time, page by page. */
import { partOf } from '../../contract/selection';
import type { EntitlementOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { toPage, toSpan } from '../paging';
import { tellDue } from '../record-change';
import { presentHeld } from './present';

/**
 * Answers each entitlement whose active status or end changed in [timestamp, endTimestamp), as it is
 * now, in the order of its first change (documented; the order and what follows decided). It runs as
 * a unit of work: every change before it has then been written, so that a walk through the pages
 * misses nothing while others change entitlements beside it.
 * @throws Refusal that names what is wrong with the span or the page
 */
export const fetchDeltaSince: Handler<EntitlementOperations['fetchDeltaSince']> = async (call) => {
  const page = toPage(call.input);
  toSpan(call.input, 0);
  if (partOf(call.selection, 'entitlements') === undefined) return {};
  return call.store.transact(call.merchant.id, async (unit) => {
    const now = call.clock();
    await tellDue(unit, now);
    const changed = await unit.listChanged(toSpan(call.input, now), page);
    return { entitlements: changed.map((entitlement) => presentHeld(entitlement, now)) };
  });
};
