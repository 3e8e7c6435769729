/** Sends a stored request, and shows the reply's text. */
import { send as sendStored } from '../../src/cases/send';
import type { BodyOptions, ShownHead } from '../../src/cases/stored-request';

export { splitAtBlankLine } from '../../src/cases/stored-request';

export interface WireReply extends ShownHead {
  /** Decompressed. */
  readonly body: string;
}

/** Sends request line, headers and body as they are stored, and takes the reply. */
export async function send(
  url: string,
  stored: string,
  options: BodyOptions = {},
): Promise<WireReply> {
  const reply = await sendStored(url, stored, options);
  return { ...reply, body: reply.body.toString('utf8') };
}
