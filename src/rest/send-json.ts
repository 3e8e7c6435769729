/** Sends an answer that is one JSON document. */
import type { Response } from 'express';
import { BIG, type BigReplies } from '../base/big-replies';
import type { ReaderOptions } from '../base/reply-reader';
import { countedBy, type ListCall } from './list-call';
import type { Pieces } from './route';
import { sendPieces } from './send-pieces';
import type { Visit } from './visit';

/** Makes the text of an answer once, for whatever goes along with the call as well. @param body undefined: there is none */
export function withText(visit: Visit, body: unknown): Visit {
  if (body !== undefined) visit.text = JSON.stringify(body);
  return visit;
}

/** Sends the text of a document. */
export function sendText(response: Response, text: string): void {
  response.type('json').send(text);
}

/** The characters of a piece of a large document. */
const PIECE = 2 ** 16;

/** The document that a list became, and the list's place among large replies. */
export interface ListText {
  readonly text: string;
  readonly list: ListCall;
}

/**
 * Sends a list that was made as a whole. A large one goes out as it is read, and counts as such until its end.
 * @returns whether its client went away before its end
 */
export async function sendList(
  response: Response,
  { text, list }: ListText,
  bigReplies: BigReplies,
  reader: ReaderOptions,
): Promise<boolean> {
  if (text.length < BIG) {
    list.leave(text.length);
    sendText(response, text);
    return false;
  }
  const pieces = countedBy(list, bigReplies, piecesOf(text), text.length);
  const { isGone } = await sendPieces(response, pieces, () => response.type('json'), reader);
  return isGone;
}

// eslint-disable-next-line @typescript-eslint/require-await -- it waits for nothing
async function* piecesOf(text: string): Pieces {
  for (let from = 0; from < text.length;) {
    // Both halves of a pair stay together: each piece is encoded by itself.
    const isPair = (text.charCodeAt(from + PIECE - 1) & 0xfc00) === 0xd800;
    const to = from + PIECE + (isPair ? 1 : 0);
    yield text.slice(from, to);
    from = to;
  }
}
