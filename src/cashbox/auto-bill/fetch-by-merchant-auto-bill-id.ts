/** AutoBill.fetchByMerchantAutoBillId: finds an AutoBill by the merchant's own name for it. */
import type { AutoBillOperations } from '../../contract/types.generated';
import { requireIdLength } from '../../grants/id-limit';
import type { Handler } from '../call';
import { AUTO_BILL, notSpecifiedToLoadBy } from '../returns';
import { loadAutoBill } from './present';

/**
 * @throws Refusal `Must specify merchantAutoBillId to load by!` · `Unable to find autobill by serial
 *   number …: ` (observed)
 */
export const fetchByMerchantAutoBillId: Handler<
  AutoBillOperations['fetchByMerchantAutoBillId']
> = async (call) => {
  const { merchantAutoBillId: id } = call.input;
  if (!id) throw notSpecifiedToLoadBy('merchantAutoBillId');
  requireIdLength('merchantAutoBillId', id);
  const reader = call.store.reader(call.merchant.id);
  const autoBill = await reader.autoBills.findByMerchantAutoBillId(id);
  if (!autoBill) throw AUTO_BILL.noMerchantId(id);
  return { autobill: await loadAutoBill(reader, autoBill, call) };
};
