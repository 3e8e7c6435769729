/**
 * Entitlement.fetchDeltaSince: the changes in a span of time, page by page.
 * Decided: docs/decisions/changes.md
 */
import { partOf } from '../../contract/selection';
import type { Entitlement, EntitlementOperations } from '../../contract/types.generated';
import type { Page, UnitOfWork } from '../../store/store';
import type { Call, Handler } from '../call';
import { toPage, toSpan } from '../paging';
import { whenUpToDate } from '../../ledger/up-to-date';
import { HeldPresenter } from './present';

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
  const { store, merchant } = call;
  return whenUpToDate(store, merchant.id, async (unit) => ({
    entitlements: await listChanged(unit, call, page),
  }));
};

async function listChanged(
  unit: UnitOfWork,
  { input, selection }: Call<EntitlementOperations['fetchDeltaSince']['input']>,
  page: Page,
): Promise<Entitlement[]> {
  const now = unit.now();
  const changed = await unit.listChanged(toSpan(input, now), page);
  const presenter = new HeldPresenter(unit, partOf(selection, 'entitlements') ?? 'all');
  const presented: Entitlement[] = [];
  for (const entitlement of changed) presented.push(await presenter.present(entitlement, now));
  return presented;
}
