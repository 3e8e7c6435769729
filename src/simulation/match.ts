/** Which requests are meant: by operation, and by fields that paths lead to. */
import { isLike } from '../base/like';
import { cut } from '../base/quote';

/** A call as it is matched. */
export interface MatchedCall {
  readonly api: 'soap' | 'rest';
  /** `Account.revokeEntitlement`; of REST the operationId, `revokeOrder`. */
  readonly operation: string;
  /** The request as JSON. */
  readonly fields: unknown;
}

/** What is expected of a request. */
export interface Expectation {
  readonly api?: 'soap' | 'rest' | undefined;
  readonly operation?: string | undefined;
  readonly fields?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** An expectation in words. */
export function describeExpectation({ api, operation, fields = {} }: Expectation): string {
  const values = Object.entries(fields).map(([path, value]) => `${path}=${String(value)}`);
  const name = operation ?? (api === undefined ? 'any call' : `any call of ${api}`);
  return values.length === 0 ? name : `${name} with ${values.join(', ')}`;
}

/** A place in which a request is not as expected. */
export interface Difference {
  readonly path: string;
  readonly expected: string;
  /** Undefined: it has none. */
  readonly actual: string | undefined;
}

/** Whether a request is as expected. */
export function matches(expectation: Expectation, call: MatchedCall): boolean {
  return listDifferences(expectation, call).length === 0;
}

/** The places in which a request is not as expected. */
export function listDifferences(
  { api, operation, fields = {} }: Expectation,
  call: MatchedCall,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (path: string, expected: string, actual: string | undefined) => {
    if (actual === undefined || !isLike(expected, actual)) {
      differences.push({ path, expected, actual: actual === undefined ? undefined : cut(actual) });
    }
  };
  if (api !== undefined) compare('api', api, call.api);
  if (operation !== undefined) {
    const { operation: whole } = call;
    const name = whole.slice(whole.indexOf('.') + 1);
    compare('operation', operation, operation.includes('.') ? whole : name);
  }
  for (const [path, expected] of Object.entries(fields)) {
    compare(path, String(expected), textAt(call.fields, path));
  }
  return differences;
}

/** The value at `a.b[0].c` as a text; the first of a list may go without its number. */
function textAt(fields: unknown, path: string): string | undefined {
  let value = fields;
  for (const step of path.split(/\.|(?=\[)/)) {
    const index = /^\[(\d+)\]$/.exec(step)?.[1];
    if (index === undefined && Array.isArray(value)) value = value[0];
    const key = index ?? step;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  if (Array.isArray(value)) value = value[0];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
