/** Plays a recorded call against another server, and holds the reply against the recorded one. */
import { describeConnectionError } from '../base/connection-errors';
import type { Time } from '../base/time';
import { type Connecting, send, type WireReply } from '../cases/send';
import { type BodyOptions, splitAtBlankLine } from '../cases/stored-request';
import {
  type ComparedReply,
  compareReplies,
  type ComparingOptions,
} from '../comparison/compare-replies';
import type { Comparison } from '../comparison/difference';
import { maskCardNumbers } from '../soap/card-numbers';
import { SoapFault } from '../soap/fault';
import { decodeText } from '../soap/text';
import { type Credentials, withCredentials } from './credentials';

/** A call as its case has it. */
export interface StoredCall {
  readonly request: string;
  readonly body?: BodyOptions | undefined;
  readonly reply: string;
  /** When it was made, UTC milliseconds; undefined: not known. */
  readonly at?: number | undefined;
}

/** Where and how calls are played. */
export interface PlayOptions extends Pick<Connecting, 'ca'> {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly comparing: Omit<ComparingOptions, 'moments'>;
  /** Milliseconds by which moments may differ. */
  readonly tolerance: number;
  /** Milliseconds that an answer may take. */
  readonly limit: number;
  readonly time: Pick<Time, 'now' | 'after'>;
}

/** What came of it. */
export type Played = Comparison | { readonly failure: string };

/** Plays one; ids that are known by now are the other server's. */
export async function play(call: StoredCall, options: PlayOptions): Promise<Played> {
  const { comparing, credentials, tolerance, time } = options;
  const now = time.now();
  const request = withCredentials(comparing.ids.translate(call.request), credentials);
  const reply = await ask(request, call.body, options);
  if ('failure' in reply) return reply;
  const moments = { tolerance, shift: call.at === undefined ? 0 : now - call.at };
  return compareReplies(readStored(call.reply), toCompared(reply), { ...comparing, moments });
}

async function ask(
  request: string,
  body: BodyOptions | undefined,
  { endpoint, ca, limit, time }: PlayOptions,
): Promise<WireReply | { readonly failure: string }> {
  const controller = new AbortController();
  const cancel = time.after(limit, () => controller.abort());
  try {
    return await send(endpoint, request, body, { ca, signal: controller.signal });
  } catch (error) {
    if (controller.signal.aborted) return { failure: `no answer within ${limit / 1000} seconds` };
    if (error instanceof RangeError) return { failure: error.message };
    return { failure: describeConnectionError(error as Error) };
  } finally {
    cancel();
  }
}

function readStored(stored: string): ComparedReply {
  const [head, text] = splitAtBlankLine(stored);
  const [, status = '', contentType = ''] = /^(\d+) ?(.*)$/m.exec(head) ?? [];
  return { status: Number(status), contentType, text };
}

/** Text that cannot be read differs from any that can. */
function toCompared({ status, contentType, body }: WireReply): ComparedReply {
  try {
    return { status, contentType, text: maskCardNumbers(decodeText(body, contentType)) };
  } catch (error) {
    if (error instanceof SoapFault) return { status, contentType, text: '' };
    throw error;
  }
}
