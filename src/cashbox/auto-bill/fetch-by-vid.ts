/** AutoBill.fetchByVid: finds an AutoBill by the server's name for it. */
import type { AutoBillOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { AUTO_BILL, vidNotSpecified } from '../returns';
import { loadAutoBill } from './present';

/**
 * @throws Refusal `Must specify VID to load by!` · `Unable to load autobill by VID "…":  .`
 *   (observed)
 */
export const fetchByVid: Handler<AutoBillOperations['fetchByVid']> = async (call) => {
  const { vid } = call.input;
  if (!vid) throw vidNotSpecified();
  const reader = call.store.reader(call.merchant.id);
  const autoBill = await reader.autoBills.findByVid(vid);
  if (!autoBill) throw AUTO_BILL.noVid(vid);
  return { autobill: await loadAutoBill(reader, autoBill, call) };
};
