/** Campaigns are not managed here, so no code of one is known. */
import { cut } from '../../base/quote';
import type { AutoBill, AutoBillItem } from '../../contract/types.generated';
import { AUTO_BILL } from '../returns';

/**
 * Refuses an AutoBill that is to get a campaign's discount: without it, its price would be another.
 * @param campaignCode what the message itself gives
 * @throws Refusal `Unable to save AutoBill: the campaign … is not known.`
 */
export function refuseCampaigns(
  { billingPlanCampaignCode, billingPlanCampaignId, items = [] }: AutoBill,
  campaignCode: string | undefined,
): void {
  const named =
    campaignCode || billingPlanCampaignCode || billingPlanCampaignId || campaignOf(items);
  if (named) throw AUTO_BILL.notSaved(`the campaign ${cut(named)} is not known`);
}

/** The same for an item that is added to an AutoBill. */
export function refuseItemCampaign(item: AutoBillItem): void {
  const named = campaignOf([item]);
  if (named) throw AUTO_BILL.notModified(`the campaign ${cut(named)} is not known`);
}

function campaignOf(items: readonly AutoBillItem[]): string | undefined {
  for (const { campaignCode, campaignId } of items) {
    if (campaignCode || campaignId) return campaignCode || campaignId;
  }
  return undefined;
}
