/** The operations of Entitlement that are implemented, each by its name in the contract. */
export { fetchByAccount } from './fetch-by-account';
export { fetchByEntitlementIdAndAccount } from './fetch-by-entitlement-id-and-account';
export { fetchDeltaSince } from './fetch-delta-since';
