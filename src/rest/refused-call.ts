/** Calls that are refused before they are carried out: for their key, its scope, their form or their size. */
import type { Request } from 'express';
import { type ApiError, errorOf } from './api-error';

/** One of them. */
export interface RefusedCall {
  readonly route: { readonly name: string };
  /** Undefined: the key is none. */
  readonly caller: { readonly merchant: { readonly login: string } } | undefined;
  readonly callId: string;
  /** Path, query and, as far as it was read, body, as they were sent. */
  readonly parts: readonly unknown[];
  readonly error: ApiError;
}

/** @param refused what is known of the call, and what was thrown */
export function toRefused(
  { params, query, body }: Pick<Request, 'params' | 'query' | 'body'>,
  refused: Pick<RefusedCall, 'route' | 'caller'> & {
    readonly trace: Pick<RefusedCall, 'callId'>;
    readonly error: unknown;
  },
): RefusedCall {
  const { route, caller, trace, error } = refused;
  const parts: readonly unknown[] = [params, query, body];
  return { route, caller, callId: trace.callId, parts, error: errorOf(error) };
}
