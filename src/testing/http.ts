/** Calls of the control over HTTP, without a connection that stays. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

/** A control call that was refused; its message says why. */
export class LatchkeyError extends Error {
  override name = 'LatchkeyError';

  /**
   * @param status of HTTP
   * @param call the call that was refused
   * @param reason why, in the server's words
   */
  constructor(
    readonly status: number,
    readonly reason: string,
    call?: string,
  ) {
    super(call === undefined ? reason : `${call}: ${reason}`);
  }
}

/**
 * Sends JSON and gives what comes back; undefined where nothing does.
 * @throws LatchkeyError for a refusal, Error where there is no answer
 */
export async function send<T>(method: string, url: string, body?: unknown): Promise<T> {
  const place = new URL(url);
  const { status, answer } = await exchange(method, place, body);
  if (answer === '' && status < 400) return undefined as T;
  const parsed = parse(answer);
  if (parsed !== undefined && status < 400) return parsed as T;
  const { message } = (parsed ?? {}) as { readonly message?: string };
  if (message !== undefined) throw new LatchkeyError(status, message, `${method} ${url}`);
  throw new LatchkeyError(
    status,
    `the server at ${place.origin} is no simulation: start it with --simulate`,
  );
}

/** @returns undefined where the text is no JSON: a server without a control has something else there */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
