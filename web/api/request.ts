/** Sends calls to the server: the only place that knows how. */
import { type Calls as ConsoleCalls, PATHS as CONSOLE_PATHS } from './console.generated';
import { type Calls as ControlCalls, PATHS as CONTROL_PATHS } from './control.generated';
import { type Calls as V1Calls, PATHS as V1_PATHS } from './v1.generated';

/** Calls of a simulation that name their merchant: others are called as calls of the console are, and not needed. */
type MerchantControl = Pick<ControlCalls, Extract<keyof ControlCalls, `${string}Of`>>;
const MERCHANT_CONTROL = Object.fromEntries(
  Object.entries(CONTROL_PATHS).filter(([name]) => name.endsWith('Of')),
) as Record<keyof MerchantControl, string>;

const PATHS: Readonly<Record<CallName, string>> = {
  ...MERCHANT_CONTROL,
  ...V1_PATHS,
  ...CONSOLE_PATHS,
};

/** Every call by its operationId: the console's own, those of /v1, and the control of a simulation. */
export type AllCalls = MerchantControl & Omit<V1Calls, keyof ConsoleCalls> & ConsoleCalls;
export type CallName = keyof AllCalls;
export type Answer<Name extends CallName> = AllCalls[Name]['answer'];
export type Body<Name extends CallName> = AllCalls[Name]['body'];

/** The value of a parameter; undefined: it is left out. */
type QueryValue = string | number | boolean | undefined;

/** What a call is sent with. */
export interface Input<Name extends CallName> {
  readonly params?: AllCalls[Name]['params'];
  readonly query?: Partial<Record<keyof NonNullable<AllCalls[Name]['query']>, QueryValue>>;
  readonly body?: AllCalls[Name]['body'];
  /** Whose data it is about; absent: the call is about none's. */
  readonly merchant?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of a change: the same key again gets the first answer and does nothing twice. */
  readonly onceKey?: string | undefined;
}

/** A call that was refused, or that got no answer. */
export class Problem extends Error {
  override name = 'Problem';

  /** @param status the HTTP status; 0: there was no answer */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Names the merchant that a call is about. */
export const MERCHANT_HEADER = 'X-Latchkey-Merchant';
/** Another site's page cannot send it without being asked. */
const OWN_HEADER = 'X-Latchkey-Console';

/** The path and query of a call. @param query parameters; those that are undefined are left out */
export function addressOf<Name extends CallName>(
  name: Name,
  { params, query }: Pick<Input<Name>, 'params' | 'query'>,
): string {
  const [, path = ''] = PATHS[name].split(' ');
  const values = (params ?? {}) as Readonly<Record<string, string>>;
  const filled = path.replace(/\{(\w+)\}/g, (_all, part: string) =>
    encodeURIComponent(values[part] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries<QueryValue>(query ?? {})) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/**
 * Carries out a call.
 * @throws Problem with the server's own words where it refuses
 */
export async function send<Name extends CallName>(
  name: Name,
  input: Input<Name> = {},
): Promise<Answer<Name>> {
  const response = await ask(name, input, JSON_TYPE, JSON_TYPE);
  // 204 has no body.
  const answer: unknown = response.status === 204 ? undefined : await response.json();
  return answer as Answer<Name>;
}

/**
 * Carries out a call that takes lines, with one line.
 * @throws Problem where the call or the line is refused
 */
export async function sendLine<Name extends 'changeEntitlements'>(
  name: Name,
  input: Input<Name>,
): Promise<Answer<Name>> {
  const response = await ask(name, input, LINES_TYPE, LINES_TYPE);
  const answer = (await response.json()) as Answer<Name>;
  const { status, message = '' } = answer;
  if (status !== 200) throw new Problem(status, message);
  return answer;
}

/**
 * A stream of Server-Sent Events, as it comes.
 * @throws Problem where the call is refused
 */
export function openStream(input: Input<'listEvents'>): Promise<Response> {
  return ask('listEvents', input, 'text/event-stream', JSON_TYPE);
}

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';

/** @throws Problem where the call is refused, or there is no answer */
async function ask<Name extends CallName>(
  name: Name,
  input: Input<Name>,
  accept: string,
  type: string,
): Promise<Response> {
  const { body, merchant, signal, onceKey } = input;
  const [method = 'GET'] = PATHS[name].split(' ');
  const headers: Record<string, string> = { Accept: accept, [OWN_HEADER]: '1' };
  if (merchant !== undefined) headers[MERCHANT_HEADER] = encodeURIComponent(merchant);
  if (onceKey !== undefined) headers['Idempotency-Key'] = onceKey;
  if (body !== undefined) headers['Content-Type'] = type;
  const text = body === undefined ? null : JSON.stringify(body);
  let response: Response;
  try {
    const address = addressOf(name, input);
    response = await fetch(address, { method, headers, body: text, signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem(0, 'The server does not answer. Check the connection, then try again.');
  }
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => undefined);
  throw new Problem(response.status, messageOf(answer, response.status));
}

/** A key for a change, made up. */
export function newOnceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function messageOf(answer: unknown, status: number): string {
  const { message } = (answer ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : `The server answered with status ${status}.`;
}

/** The sentence of whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Problem ? error.message : 'Something in this page failed. Load it anew.';
}
