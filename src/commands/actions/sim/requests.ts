/** The actions of `latchkey sim requests` and `latchkey sim verify`. */
import type {
  Expectation,
  NearMissSummary,
  RequestSummary,
  VerificationResult,
  WholeRequest,
} from '../../../testing/types';
import { type Columns, printList } from '../../list';
import { printFields, printJson, printLine, printText } from '../../print';
import type { ControlOptions, ExpectationOptions } from '../../sim/options';
import { wholeNumber } from '../numbers';
import { HAPPENED } from './clock';
import { control } from './control';

/** The options of a list. */
export interface ListOptions extends ControlOptions {
  readonly operation?: string;
  readonly soapId?: string;
  readonly since?: string;
  readonly limit?: string;
}

/** Prints the requests that came. */
export async function listRequests(options: ListOptions): Promise<void> {
  const { operation, soapId, since, limit } = options;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ operation, soapId, since, limit })) {
    if (value !== undefined) query.set(name, value);
  }
  const text = query.size > 0 ? `?${query.toString()}` : '';
  await print(await control<RequestSummary[]>(options, 'GET', `/requests${text}`), options);
}

/** Prints one whole. */
export async function showRequest(id: string, options: ControlOptions): Promise<void> {
  const path = `/requests/${encodeURIComponent(id)}`;
  const request = await control<WholeRequest>(options, 'GET', path);
  if (options.json) {
    await printJson(request);
    return;
  }
  const { problems, changed, reply, ...shown } = request;
  await printFields({ ...shown, status: reply?.status, reply: reply?.body });
  for (const problem of problems) await printLine(`problem  ${problem}`);
  await printList(changed, { columns: HAPPENED, toJson: (one) => one }, {});
}

/** Forgets them. */
export async function clearRequests(options: ControlOptions): Promise<void> {
  await control(options, 'DELETE', '/requests');
  if (options.json) await printJson({ cleared: true });
  else await printLine('the requests are forgotten');
}

type Expecting = (
  operation: string,
  fields: readonly string[],
  options: ExpectationOptions,
) => Promise<void>;

/** What is done with requests that are as expected, by the command. */
export const EXPECTING: Readonly<Record<'find' | 'count' | 'near-misses', Expecting>> = {
  find: async (operation, fields, options) => {
    const wanted = expectationOf(operation, fields, options);
    await print(await control(options, 'POST', '/requests/find', wanted), options);
  },
  count: async (operation, fields, options) => {
    const wanted = expectationOf(operation, fields, options);
    const answer = await control<{ count: number }>(options, 'POST', '/requests/count', wanted);
    if (options.json) await printJson(answer);
    else await printLine(String(answer.count));
  },
  'near-misses': async (operation, fields, options) => {
    const wanted = expectationOf(operation, fields, options);
    const path = '/requests/near-misses';
    const found = await control<NearMissSummary[]>(options, 'POST', path, wanted);
    const columns: Columns<NearMissSummary> = {
      operation: ({ request }) => request.operation,
      differs: ({ message }) => message,
      id: ({ request }) => request.id,
    };
    await printList(found, { columns, toJson: (row) => row }, options);
  },
};

/** The options of `verify`. */
export interface VerifyOptions extends ExpectationOptions {
  readonly count?: string;
  readonly atLeast?: string;
  readonly never?: boolean;
  readonly within?: string;
}

const EXIT_OTHERWISE = 2;

/** Prints whether requests came as expected; exit code 2 where they did not. */
export async function verify(
  operation: string,
  fields: readonly string[],
  options: VerifyOptions,
): Promise<void> {
  const { never, within } = options;
  const most = 1000;
  const result = await control<VerificationResult>(options, 'POST', '/verify', {
    ...expectationOf(operation, fields, options),
    count: wholeNumber('--count', options.count, { least: 0, most }),
    atLeast: wholeNumber('--at-least', options.atLeast, { least: 1, most }),
    never,
    within,
  });
  if (options.json) await printJson(result);
  else await printLine(result.message);
  if (!result.verified) process.exitCode = EXIT_OTHERWISE;
}

/** Prints the lines for the report of a test that failed. */
export async function printReport(options: ControlOptions): Promise<void> {
  const answer = await control<{ report: string }>(options, 'GET', '/report');
  if (options.json) await printJson(answer);
  else await printText(answer.report);
}

/** @throws Error that names an argument which is none */
function expectationOf(
  operation: string,
  pairs: readonly string[],
  { api }: ExpectationOptions,
): Expectation {
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    if (end < 1) throw new Error(`"${pair}" is not of the form name=value`);
    const path = pair.slice(0, end);
    if (fields.has(path)) throw new Error(`${path} is given twice`);
    fields.set(path, pair.slice(end + 1));
  }
  // The server says what `--api` may be.
  return { api: api as Expectation['api'], operation, fields: Object.fromEntries(fields) };
}

const COLUMNS: Columns<RequestSummary> = {
  number: ({ number }) => number,
  at: ({ at }) => at,
  operation: ({ operation }) => operation,
  returnCode: ({ returnCode }) => returnCode,
  returnString: ({ returnString }) => returnString,
  id: ({ id }) => id,
  request: ({ fields }) => fields,
};

function print(requests: readonly RequestSummary[], options: ControlOptions): Promise<void> {
  return printList(requests, { columns: COLUMNS, toJson: (row) => row }, options);
}
