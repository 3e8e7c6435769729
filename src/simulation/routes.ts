/** The table of control calls: all there are, under /_latchkey. */
import { CLOCK_ROUTES } from './clock-routes';
import type { ControlRoute } from './context';
import { DIFF_ROUTES } from './diff-routes';
import { FAULT_ROUTES } from './fault-routes';
import { JOURNAL_ROUTES } from './journal-routes';
import { MERCHANT_ROUTES } from './merchant-routes';
import { STATE_ROUTES } from './state-routes';
import { VERIFY_ROUTES } from './verify-routes';

/** In the order in which the OpenAPI document lists them. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  ...MERCHANT_ROUTES,
  ...CLOCK_ROUTES,
  ...STATE_ROUTES,
  ...FAULT_ROUTES,
  ...JOURNAL_ROUTES,
  ...VERIFY_ROUTES,
  ...DIFF_ROUTES,
];
