/** The table of REST calls: all there are, under /v1. */
import { apiAuth } from './api-auth';
import { AUTO_BILL_ROUTES } from './auto-bill-routes';
import { ORDER_ROUTES } from './order-routes';
import { audit } from './audit';
import type { Route } from './route';
import { USER_ROUTES } from './user-routes';

/** In the order in which the OpenAPI document lists them. */
export const ROUTES: readonly Route[] = [
  apiAuth,
  ...ORDER_ROUTES,
  ...USER_ROUTES,
  ...AUTO_BILL_ROUTES,
  audit,
];
