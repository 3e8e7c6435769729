/** AutoBill.fetchDeltaSince: which AutoBills changed in a span of time, page by page. */
import { partOf } from '../../contract/selection';
import type { AutoBillEventType, AutoBillOperations } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import { whenUpToDate } from '../../ledger/up-to-date';
import type { Handler } from '../call';
import { partsOf, toPage, toSpan } from '../paging';
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
  const { store, merchant } = call;
  // Read afterwards: every change before the moment has then been kept, by whichever process.
  const moment = await whenUpToDate(call, merchant.id, (unit) => Promise.resolve(unit.now()));
  const { selectEvents = [] } = call.input;
  // However often and in whatever order they are named: a place in this listing is remembered by them.
  const types = selectEvents.length > 0 ? [...new Set(selectEvents)].sort() : EVENTS;
  const reader = store.reader(merchant.id);
  const span = toSpan(call.input, moment);
  const changed = partsOf<StoredAutoBill>(
    page,
    (part) => reader.autoBills.listChanged(span, types, part),
    (rows) => reader.pause(rows),
  );
  return { autobills: await loadAutoBills(reader, changed, call) };
};
