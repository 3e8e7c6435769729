/**
 * Calls under /console/api that the document doesn't describe yet: as soon as it does, the generated types take their
 * place.
 */
type N = undefined;

/** Each call by its operationId. */
export interface Calls {
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
  getOverview: 'GET /console/api/overview',
  startCheck: 'POST /console/api/check',
  getCheck: 'GET /console/api/check',
} as const;
