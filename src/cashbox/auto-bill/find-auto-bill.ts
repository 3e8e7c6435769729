/** Finds the AutoBill that a request names by VID, merchantAutoBillId or both. */
import type { AutoBill } from '../../contract/types.generated';
import type { Refusal } from '../../base/refusal';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { Reader } from '../../store/store';
import { requireIdLength } from '../../grants/id-limit';
import { AUTO_BILL } from '../returns';

/**
 * An AutoBill that must be there.
 * @param notSpecified what a request is refused with that names none
 * @throws Refusal that, or `Unable to load AutoBill:  .` when there is none, or VID and
 *   merchantAutoBillId are those of two
 */
export async function requireAutoBill(
  reader: Reader,
  named: AutoBill | undefined,
  notSpecified: () => Refusal = AUTO_BILL.notSpecified,
): Promise<StoredAutoBill> {
  const { VID, merchantAutoBillId: id } = named ?? {};
  if (!VID && !id) throw notSpecified();
  requireIdLength('autobill.merchantAutoBillId', id);
  const byVid = VID ? await reader.autoBills.findByVid(VID) : undefined;
  const byId = id ? await reader.autoBills.findByMerchantAutoBillId(id) : undefined;
  const autoBill = byVid ?? byId;
  const differ = VID && id && byVid?.id !== byId?.id;
  if (!autoBill || differ) throw AUTO_BILL.notLoaded();
  return autoBill;
}

/**
 * The AutoBill that an update changes; undefined: it makes one.
 * @throws Refusal when nothing has its VID, or VID and merchantAutoBillId are those of two
 */
export async function findForUpdate(
  reader: Reader,
  { VID, merchantAutoBillId: id }: AutoBill,
): Promise<StoredAutoBill | undefined> {
  requireIdLength('autobill.merchantAutoBillId', id);
  const owner = id ? await reader.autoBills.findByMerchantAutoBillId(id) : undefined;
  if (!VID) return owner;
  const autoBill = await reader.autoBills.findByVid(VID);
  if (!autoBill) throw AUTO_BILL.noVid(VID);
  // Beside a VID, a merchantAutoBillId that no other has is the AutoBill's new one.
  if (owner && owner.id !== autoBill.id) throw AUTO_BILL.notLoaded();
  return autoBill;
}
