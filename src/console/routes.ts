/** The table of the console's calls: all there are, under /console/api. */
import { accessNow } from './access-now';
import { ACCOUNT_ROUTES } from './account';
import { BILLING_PLAN_ROUTES } from './billing-plans';
import { CALL_ROUTES } from './calls';
import { CHECK_ROUTES } from './check';
import type { ConsoleRoute } from './context';
import { listLedger } from './ledger';
import { lastEvent } from './last-event';
import { MERCHANT_ROUTES } from './merchants';
import { overview } from './overview';
import { PEOPLE_ROUTES } from './people';
import { preview } from './preview';
import { PRODUCT_ROUTES } from './products';
import { search } from './search';
import { SESSION_ROUTES } from './session';
import { timeline } from './timeline';
import { countTouched } from './touched';

/** In the order in which the OpenAPI document lists them. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  ...SESSION_ROUTES,
  search,
  ...ACCOUNT_ROUTES,
  accessNow,
  timeline,
  listLedger,
  preview,
  lastEvent,
  ...CALL_ROUTES,
  overview,
  ...CHECK_ROUTES,
  ...PRODUCT_ROUTES,
  ...BILLING_PLAN_ROUTES,
  countTouched,
  ...MERCHANT_ROUTES,
  ...PEOPLE_ROUTES,
];
