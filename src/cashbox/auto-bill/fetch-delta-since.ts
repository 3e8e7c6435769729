/** AutoBill.fetchDeltaSince: which AutoBills changed in a span of time, page by page. */
import { partOf } from '../../contract/selection';
import type {
  AutoBill,
  AutoBillEventType,
  AutoBillOperations,
} from '../../contract/types.generated';
import type { Page, UnitOfWork } from '../../store/store';
import { whenUpToDate } from '../../ledger/up-to-date';
import { recordDueAutoBills } from '../../subscriptions/keep-auto-bill';
import type { Call, Handler } from '../call';
import { toPage, toSpan } from '../paging';
import { loadAutoBills } from './present';

/** The events that count without selectEvents (documented). */
const EVENTS: readonly AutoBillEventType[] = ['STATUS_CHANGE'];

/**
 * Answers each AutoBill to which something happened in [timestamp, endTimestamp), as it is now, in the
 * order of the first event in it; that it starts or ends by time alone is an event, too (decided).
 * `selectEvents` names the events that count; without it, changes of status do (documented).
 * @throws Refusal that names what is wrong with the span or the page
 */
export const fetchDeltaSince: Handler<AutoBillOperations['fetchDeltaSince']> = async (call) => {
  const page = toPage(call.input);
  toSpan(call.input, 0);
  if (partOf(call.selection, 'autobills') === undefined) return {};
  const { store, merchant, timeZone } = call;
  const list = async (unit: UnitOfWork) => ({ autobills: await listChanged(unit, call, page) });
  return whenUpToDate(store, merchant.id, list, (unit) =>
    recordDueAutoBills(unit, { now: unit.now(), timeZone }),
  );
};

async function listChanged(
  unit: UnitOfWork,
  call: Call<AutoBillOperations['fetchDeltaSince']['input']>,
  page: Page,
): Promise<AutoBill[] | undefined> {
  const now = unit.now();
  const { selectEvents = [] } = call.input;
  // However often and in whatever order they are named: a place in this listing is remembered by them.
  const types = selectEvents.length > 0 ? [...new Set(selectEvents)].sort() : EVENTS;
  const changed = await unit.autoBills.listChanged(toSpan(call.input, now), types, page);
  return loadAutoBills(unit, changed, call);
}
