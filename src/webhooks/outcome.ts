/**
 * What an attempt means for its message and its endpoint. Pure: the moment and chance are handed in.
 * Decided: docs/decisions/webhooks.md
 */
import type { Attempt, Delivery, Endpoint, EndpointState, Fate } from '../store/webhooks';
import type { Format } from './format';
import type { Reply } from './transport';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** After how long of nothing but failures an endpoint is disabled, in milliseconds. */
const PATIENCE = 5 * DAY;

/** The pause of an endpoint that is overloaded and does not say for how long. */
const PAUSE = 30 * SECOND;

/** The longest pause that an endpoint may ask for. */
const LONGEST_PAUSE = DAY;

/** The part of a delay that jitter adds at most. */
const JITTER = 0.2;

/** Answers that say that the receiver cannot take more now. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const GONE = 410;

/** What an attempt means. */
export interface Outcome {
  readonly attempt: Attempt;
  readonly fate: Fate;
  /** How it goes with the endpoint from now on. */
  readonly endpoint: EndpointState;
}

/** The circumstances of an attempt. */
export interface Circumstances {
  readonly delivery: Pick<Delivery, 'attempts'>;
  /** As it is after the attempt: another may have changed it meanwhile. */
  readonly endpoint: Endpoint;
  readonly format: Pick<Format, 'delayAfter' | 'jitter' | 'steady'>;
  /** When the attempt began. UTC milliseconds. */
  readonly at: number;
  /** When it had ended. */
  readonly now: number;
  /** From 0 to 1. */
  readonly chance: number;
}

/** Judges a reply. */
export function judge(reply: Reply, circumstances: Circumstances): Outcome {
  const { delivery, at, now } = circumstances;
  const { status, duration, answer } = reply;
  const number = delivery.attempts + 1;
  const failure = failureOf(reply);
  const attempt = { number, at, duration, status, failure, answer };
  const endpoint = stateAfter(reply, failure, circumstances);
  if (failure === undefined) {
    return { attempt, fate: { state: 'delivered', endedAt: now }, endpoint };
  }
  const delay = delayAfter(number, circumstances);
  const dueAt = delay === undefined ? undefined : Math.max(now + delay, endpoint.notBefore ?? 0);
  const fate: Fate =
    dueAt === undefined ? { state: 'failed', endedAt: now } : { state: 'waiting', dueAt };
  return { attempt, fate, endpoint };
}

/** Whether the receiver has taken the message. */
export function isSuccess({ status = 0 }: Pick<Reply, 'status'>): boolean {
  return status >= 200 && status < 300;
}

/** Why an attempt failed; undefined: it did not. */
function failureOf(reply: Reply): string | undefined {
  const { status, failure } = reply;
  if (isSuccess(reply)) return undefined;
  if (status === undefined) return failure ?? 'there was no answer';
  return status >= 300 && status < 400
    ? `answered ${status}: redirects are not followed`
    : `answered ${status}`;
}

function delayAfter(
  attempts: number,
  { format, endpoint, chance }: Circumstances,
): number | undefined {
  const delay = format.delayAfter(attempts, endpoint);
  if (delay === undefined || !format.jitter) return delay;
  return Math.round(delay * (1 + JITTER * chance));
}

function stateAfter(
  reply: Reply,
  failure: string | undefined,
  { endpoint, format, now }: Circumstances,
): EndpointState {
  const { disabledAt, disabledReason } = endpoint;
  const disabled = { disabledAt, disabledReason };
  if (failure === undefined) return { failingSince: undefined, notBefore: undefined, ...disabled };
  const failingSince = endpoint.failingSince ?? now;
  if (format.steady) return { failingSince, notBefore: undefined, ...disabled };
  const pause = pauseAfter(reply, now);
  const notBefore = pause === undefined ? endpoint.notBefore : now + pause;
  const state = { failingSince, notBefore, ...disabled };
  if (disabledAt !== undefined) return state;
  const reason = whyDisabled(reply, now - failingSince);
  return reason === undefined ? state : { ...state, disabledAt: now, disabledReason: reason };
}

function whyDisabled({ status }: Reply, failingFor: number): string | undefined {
  if (status === GONE) return 'it answered 410: it is gone for good';
  return failingFor >= PATIENCE ? 'every attempt of five days failed' : undefined;
}

/** How long an endpoint is left alone, in milliseconds; undefined: it did not ask for it. */
function pauseAfter({ status = 0, retryAfter }: Reply, now: number): number | undefined {
  const asked = readRetryAfter(retryAfter, now);
  if (asked !== undefined) return Math.min(asked, LONGEST_PAUSE);
  return OVERLOADED.has(status) ? PAUSE : undefined;
}

/** Reads seconds, or a date of HTTP. @returns milliseconds from now on */
function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}
