/**
 * Calls under /console/api that the document doesn't describe yet: as soon as it does, the generated types take their
 * place.
 */
import type { ExplainedLine as Line } from './console.generated';

type Page = { readonly pageLength?: number; readonly lastLoadedId?: string };
type Call = {
  readonly id: string;
  readonly at: string;
  readonly api: 'soap' | 'rest';
  readonly operation: string;
  readonly version?: string | undefined;
  readonly login?: string | undefined;
  readonly key?: string | undefined;
  readonly address: string;
  readonly code: string;
  readonly message?: string | undefined;
  readonly ms: number;
};
type N = undefined;

/** Each call by its operationId. */
export interface Calls {
  listMerchants: {
    params: N;
    query: N;
    body: N;
    answer: {
      readonly merchants: ReadonlyArray<{
        readonly login: string;
        readonly createdAt: string;
        readonly paymentFailureLimit: number;
        readonly graceDays: number;
      }>;
    };
  };
  addMerchant: {
    params: N;
    query: N;
    body: { readonly login: string; readonly password?: string | undefined };
    answer: { readonly login: string; readonly password?: string | undefined };
  };
  listCalls: {
    params: N;
    query: Page & {
      readonly soapId?: string;
      readonly operation?: string;
      readonly code?: string;
      readonly login?: string;
      readonly address?: string;
      readonly from?: string;
      readonly to?: string;
    };
    body: N;
    answer: {
      readonly calls: readonly Call[];
      readonly next_page: string | null;
      readonly kept: string;
      readonly since?: string;
    };
  };
  getCall: {
    params: { readonly id: string };
    query: N;
    body: N;
    answer: Call & {
      readonly fields?: { readonly [name: string]: unknown } | undefined;
      readonly request?: string | undefined;
      readonly reply?: string | undefined;
      readonly isCut: boolean;
      readonly changed: readonly Line[];
      readonly path?: string | undefined;
      readonly method?: string | undefined;
      readonly contentType?: string | undefined;
      readonly soapAction?: string | undefined;
    };
  };
  getOverview: {
    params: N;
    query: { readonly span?: 'hour' | 'day' | 'month' };
    body: N;
    answer: {
      readonly from: string;
      readonly step: number;
      readonly points: number;
      readonly calls: ReadonlyArray<{ readonly code: string; readonly counts: readonly number[] }>;
      readonly active: {
        readonly now: number;
        readonly isCut: boolean;
        readonly counts: ReadonlyArray<number | null>;
      };
      readonly changes: ReadonlyArray<{
        readonly action: string;
        readonly reason?: string | undefined;
        readonly counts: readonly number[];
      }>;
      readonly changesCut: boolean;
      readonly inGrace: {
        readonly autoBills: number;
        readonly orders: number;
        readonly isCut: boolean;
      };
      readonly endpoints: ReadonlyArray<{
        readonly id: string;
        readonly kind: string;
        readonly url: string;
        readonly description?: string | undefined;
        readonly state: 'failing' | 'disabled';
        readonly since: string;
        readonly reason?: string | undefined;
        readonly waiting: number;
      }>;
      readonly databaseBytes: number;
      readonly walBytes?: number | undefined;
    };
  };
  startCheck: { params: N; query: N; body: N; answer: Calls['getCheck']['answer'] };
  getCheck: {
    params: N;
    query: N;
    body: N;
    answer: {
      readonly state: 'none' | 'running' | 'done' | 'failed';
      readonly startedAt?: string | undefined;
      readonly finishedAt?: string | undefined;
      readonly progress?:
        { readonly what: string; readonly done: number; readonly of: number } | undefined;
      readonly entitlements?: number | undefined;
      readonly ledgerLines?: number | undefined;
      readonly findings: ReadonlyArray<{ readonly kind: string; readonly text: string }>;
      readonly message?: string | undefined;
    };
  };
}

/** The method and the path of each. */
export const PATHS = {
  listMerchants: 'GET /console/api/merchants',
  addMerchant: 'POST /console/api/merchants',
  listCalls: 'GET /console/api/calls',
  getCall: 'GET /console/api/calls/{id}',
  getOverview: 'GET /console/api/overview',
  startCheck: 'POST /console/api/check',
  getCheck: 'GET /console/api/check',
} as const;
