/** The calendar that an AutoBill is counted by. */
import type { Calendar } from '../entitlements/billing-period';
import { readCalendar } from './read-plan';
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader } from '../store/store';

/**
 * The calendar of its plan, as that is now.
 * @param timeZone the IANA zone on whose calendar periods are counted
 */
export async function calendarOf(
  { catalogue }: Pick<Reader, 'catalogue'>,
  { billingPlan, course }: Pick<StoredAutoBill, 'billingPlan' | 'course'>,
  timeZone: string,
): Promise<Calendar> {
  const plan = await catalogue.billingPlans.findByVid(billingPlan);
  return readCalendar(plan?.values ?? {}, course, timeZone);
}
