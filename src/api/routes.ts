/** The table of REST calls: all there are, under /v1. */
import type { ApiRoute } from './context';
import { ACCOUNT_ROUTES } from './accounts';
import { KEY_ROUTES } from './keys';
import { MERCHANT_ROUTES } from './merchant';
import { findByName } from './find';
import { changeEntitlements } from './entitlement-batch';
import { listAccountEntitlements } from './entitlements';
import { AUTO_BILL_ROUTES } from './auto-bills';
import { OFFER_ROUTES } from './offers';
import { PUSH_ROUTES } from './push';
import { ORDER_ROUTES } from './orders';
import { access } from './access';
import { EVENT_ROUTES } from './events';
import { audit } from './audit';
import { USER_ROUTES } from './users';
import { WEBHOOK_ROUTES } from './webhooks';
import { WORK_ROUTES } from './work';

/** In the order in which the OpenAPI document lists them. */
export const ROUTES: readonly ApiRoute[] = [
  ...KEY_ROUTES,
  ...ORDER_ROUTES,
  ...USER_ROUTES,
  ...OFFER_ROUTES,
  ...MERCHANT_ROUTES,
  listAccountEntitlements,
  changeEntitlements,
  ...AUTO_BILL_ROUTES,
  ...ACCOUNT_ROUTES,
  ...WORK_ROUTES,
  audit,
  access,
  findByName,
  ...EVENT_ROUTES,
  ...WEBHOOK_ROUTES,
  ...PUSH_ROUTES,
];
