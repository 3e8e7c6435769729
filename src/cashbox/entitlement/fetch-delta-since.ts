/**
 * Entitlement.fetchDeltaSince: the changes in a span of time, page by page.
 * Decided: docs/decisions/changes.md
 */
import { listOrPages, mapPages } from '../../base/pages';
import { partOf } from '../../contract/selection';
import type { Entitlement, EntitlementOperations } from '../../contract/types.generated';
import type { HeldEntitlement } from '../../store/store';
import type { Handler } from '../call';
import { partsOf, toPage, toSpan } from '../paging';
import { whenUpToDate } from '../../ledger/up-to-date';
import { HeldPresenter } from './present';

/**
 * Answers each entitlement whose active status or end changed in [timestamp, endTimestamp), as it is
 * now, in the order of its first change (documented; the order decided).
 * @throws Refusal that names what is wrong with the span or the page
 */
export const fetchDeltaSince: Handler<EntitlementOperations['fetchDeltaSince']> = async (call) => {
  const page = toPage(call.input);
  toSpan(call.input, 0);
  const wanted = partOf(call.selection, 'entitlements');
  if (wanted === undefined) return {};
  const { store, merchant } = call;
  // Read afterwards: every change before the moment has then been kept, by whichever process, so that a walk through
  // the pages misses nothing while others make changes beside it.
  const moment = await whenUpToDate(call, merchant.id, (unit) => Promise.resolve(unit.now()));
  const reader = store.reader(merchant.id);
  const span = toSpan(call.input, moment);
  const presenter = new HeldPresenter(reader, wanted);
  const changed = partsOf<HeldEntitlement>(
    page,
    (part) => reader.listChanged(span, part),
    (rows) => reader.pause(rows),
  );
  const present = async (rows: readonly HeldEntitlement[]) => {
    const presented: Entitlement[] = [];
    for (const one of rows) presented.push(await presenter.present(one, moment));
    return presented;
  };
  return { entitlements: await listOrPages(mapPages(changed, present)) };
};
