/** The table of REST calls: all there are, under /v1. */
import { apiAuth } from './api-auth';
import type { Route } from './route';

/** In the order in which the OpenAPI document lists them. */
export const ROUTES: readonly Route[] = [apiAuth];
