/**
 * Calls of both APIs: how many, how they ended, how long they took. Their labels are words of the program alone: an
 * operation that it doesn't carry out, a path that nothing is at, and what cannot be read share one series.
 */
import { Counter, Histogram, type Registry } from 'prom-client';
import type { Time } from '../base/time';
import type { Parts } from './watching';

/** The label of what is not known, or nothing that is served. */
export const OTHER = 'other';

/** Seconds: from a look-up on a fast machine to a call that a client gives up. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The version of the API that all paths of REST belong to. */
const REST_VERSION = 'v1';

export interface CallMetricsOptions {
  readonly registry: Registry;
  readonly time: Pick<Time, 'elapsed'>;
  /** The operations of SOAP that are carried out, as the log names them: `Account.update`. */
  readonly operations: ReadonlySet<string>;
}

/** Counts calls and measures them. */
export function createCallMetrics({
  registry,
  time,
  operations,
}: CallMetricsOptions): Parts<'aroundEndpoint' | 'goAlong'> {
  const registers = [registry];
  const calls = new Counter({
    name: 'latchkey_calls_total',
    help: 'Calls that were answered, by the returnCode or faultcode of SOAP and the status of REST.',
    labelNames: ['api', 'operation', 'version', 'return_code'],
    registers,
  });
  const durations = new Histogram({
    name: 'latchkey_call_duration_seconds',
    help: 'Time from a call to its answer; of REST until the answer was handed to the system.',
    labelNames: ['api', 'operation'],
    buckets: BUCKETS,
    registers,
  });
  const count = (api: string, operation: string, version: string, code: string, ms: number) => {
    calls.inc({ api, operation, version, return_code: code });
    durations.observe({ api, operation }, ms / 1000);
  };
  return {
    aroundEndpoint: (endpoint) => async (request) => {
      const started = time.elapsed();
      const answer = await endpoint(request);
      const { operation, version, returnCode, faultcode } = answer.line.fields;
      // Of the contract, where it is known: so is the version.
      const known = typeof operation === 'string' && operations.has(operation);
      const code = (returnCode ?? faultcode ?? OTHER) as string | number;
      count(
        'soap',
        known ? operation : OTHER,
        known ? String(version) : OTHER,
        String(code),
        time.elapsed() - started,
      );
      return answer;
    },
    goAlong: async ({ operation = OTHER, started, spent }, response, answer) => {
      await answer();
      // A call that waits for something to happen takes as long as it was asked to.
      const ms = time.elapsed() - started - spent.waited;
      count('rest', operation, REST_VERSION, String(response.statusCode), ms);
    },
  };
}
