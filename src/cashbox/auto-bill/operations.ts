/** The operations of AutoBill that are implemented, each by its name in the contract. */
export { cancel } from './cancel';
export { delayBillingByDays } from './delay-billing-by-days';
export { delayBillingToDate } from './delay-billing-to-date';
export { fetchByAccount } from './fetch-by-account';
export { fetchByAccountAndProduct } from './fetch-by-account-and-product';
export { fetchByEmail } from './fetch-by-email';
export { fetchByMerchantAutoBillId } from './fetch-by-merchant-auto-bill-id';
export { fetchByVid } from './fetch-by-vid';
export { fetchDeltaSince } from './fetch-delta-since';
export { modify } from './modify';
export { update } from './update';
