/**
 * Calls of both APIs: how many, how they ended, how long they took. Their labels are words of the program alone: an
 * operation that it doesn't carry out, a path that nothing is at, and what cannot be read share one series.
 */
import type { Registry } from 'prom-client';
import type { Time } from '../base/time';
import type { Line } from '../soap/exchange';
import { Branches } from './branches';
import { type Count, createCounter, createHistogram, type Observed } from './series';
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

/** What is counted of an operation: by version, and then by code. */
interface OperationSeries {
  readonly observed: Observed;
  readonly counts: Branches<string, Branches<string | number, Count>>;
}

/** What the line of a call of SOAP says of it, as far as it is known. */
interface SaidOfSoap {
  readonly operation?: string;
  readonly version?: string;
  readonly returnCode?: number;
  readonly faultcode?: string;
}

/** Counts calls and measures them. */
export function createCallMetrics({
  registry,
  time,
  operations,
}: CallMetricsOptions): Parts<'onLine' | 'goAlong'> {
  const newCount = createCounter(
    {
      registry,
      name: 'latchkey_calls_total',
      help: 'Calls that were answered, by the returnCode or faultcode of SOAP and the status of REST.',
    },
    ['api', 'operation', 'version', 'return_code'],
  );
  const newObserved = createHistogram(
    {
      registry,
      name: 'latchkey_call_duration_seconds',
      help: 'Time from a call to its answer; of REST until the answer was handed to the system.',
    },
    BUCKETS,
  );
  const newOperation = (api: string, operation: string): OperationSeries => ({
    observed: newObserved({ api, operation }),
    counts: new Branches(
      (version) =>
        new Branches((code) => newCount({ api, operation, version, return_code: String(code) })),
    ),
  });
  const count = (
    { observed, counts }: OperationSeries,
    version: string,
    code: string | number,
    ms: number,
  ) => {
    counts.of(version).of(code).add();
    observed.observe(ms / 1000);
  };
  const soap = new Branches((operation: string) => newOperation('soap', operation));
  const rest = new Branches((operation: string) => newOperation('rest', operation));
  const onLine = ({ ms, fields }: Line) => {
    const { operation, version, returnCode, faultcode }: SaidOfSoap = fields;
    // Of the contract, where it is known: so is the version.
    const known = operation !== undefined && operations.has(operation);
    count(
      soap.of(known ? operation : OTHER),
      known && version !== undefined ? version : OTHER,
      returnCode ?? faultcode ?? OTHER,
      ms,
    );
  };
  return {
    onLine,
    goAlong: async ({ operation = OTHER, started, spent }, response, answer) => {
      await answer();
      // A call that waits for something to happen takes as long as it was asked to.
      const ms = time.elapsed() - started - spent.waited;
      count(rest.of(operation), REST_VERSION, response.statusCode, ms);
    },
  };
}
