/** Calls of the control over HTTP, without a connection that stays. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** A control call that was refused; its message says why. */
export class LatchkeyError extends Error {
  override name = 'LatchkeyError';

  /** @param status of HTTP */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Sends JSON and gives what comes back; undefined where nothing does.
 * @throws LatchkeyError for a refusal, Error where there is no answer
 */
export async function send<T>(method: string, url: string, body?: unknown): Promise<T> {
  const { status, answer } = await exchange(method, new URL(url), body);
  const parsed: unknown = answer === '' ? undefined : JSON.parse(answer);
  if (status < 400) return parsed as T;
  const { message } = parsed as { readonly message: string };
  throw new LatchkeyError(status, `${method} ${url}: ${message}`);
}

function exchange(method: string, url: URL, body: unknown) {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise<{ readonly status: number; readonly answer: string }>((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const { statusCode: status = 0 } = response;
      text(response).then((answer) => resolve({ status, answer }), reject);
    });
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
