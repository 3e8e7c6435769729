/** The table of REST calls: all there are, under /v1. */
import { apiAuth } from './api-auth';
import { AUTO_BILL_ROUTES } from './auto-bills';
import { ORDER_ROUTES } from './orders';
import { audit } from './audit';
import type { Route } from '../rest/route';
import { USER_ROUTES } from './users';

/** In the order in which the OpenAPI document lists them. */
export const ROUTES: readonly Route[] = [
  apiAuth,
  ...ORDER_ROUTES,
  ...USER_ROUTES,
  ...AUTO_BILL_ROUTES,
  audit,
];
