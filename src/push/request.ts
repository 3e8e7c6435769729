/**
 * The HTTP request of a message: its signature, in one of the two formats that CashBox has. Pure.
 * Decided: docs/decisions/push.md
 */
import { createHmac } from 'node:crypto';

/** How a message is sent. `form`: as fields of a form; `json`: as it is, the signature in a header (documented). */
export const PUSH_FORMATS = ['json', 'form'] as const;

export type PushFormat = (typeof PUSH_FORMATS)[number];

/** The name of the header as receivers look it up, some of them by exactly these capitals (observed). */
const SIGNATURE = 'X-Webhook-Signature';

/** The signature of a message: Base64 of an HMAC with SHA-256. @param key as text, whatever it looks like */
export function signatureOf(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** A request's headers, in the capitals in which they are to be sent, and its body. */
export interface PushRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How requests to an endpoint are signed. */
export interface PushAccess {
  readonly key: string;
  /** Of HTTP Basic; undefined: it is not used. */
  readonly basic?: { readonly user: string; readonly password: string } | undefined;
}

/** The request that carries a message. @param text pure ASCII */
export function requestOf(
  format: PushFormat,
  text: string,
  { key, basic }: PushAccess,
): PushRequest {
  const signature = signatureOf(key, text);
  const authorization = basic && {
    Authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}`,
  };
  if (format === 'form') {
    // Both are percent-encoded: PHP reads a bare + in the signature as a blank.
    const body = new URLSearchParams({ json: text, signature }).toString();
    return {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...authorization },
      body,
    };
  }
  const headers = { 'Content-Type': 'application/json', [SIGNATURE]: signature };
  return { headers: { ...headers, ...authorization }, body: text };
}
