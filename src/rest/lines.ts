/**
 * Bodies of lines, each a JSON document of its own (NDJSON): read as they come, and never held as a whole.
 * Decided: docs/decisions/entitlement-batches.md
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { isInTooManyPieces, TOO_MANY_PIECES } from '../base/pieces';
import { ApiError, badRequest } from './api-error';
import { checkPart } from './check-part';
import { mostValues, parseJson } from './parse-json';

/** The Content-Type of such bodies. */
export const NDJSON = 'application/x-ndjson';

/** The longest line that is taken, in bytes. */
export const MAX_LINE_BYTES = 65_536;

/** How many values may be in a line. */
const MOST_VALUES = mostValues(MAX_LINE_BYTES);

/** The most lines that one body may have, empty ones included. */
export const MAX_LINES = 100_000;

/** The most lines that are handed on together. */
const GROUP = 500;

/** A line of a body. Lines count from 1. */
export interface Line {
  readonly line: number;
  /** As it was sent, without its line feed; or why it cannot be read. */
  readonly content: string | ApiError;
}

/** Lines that came together, in their order; those that are empty are left out. */
export type Lines = AsyncIterable<readonly Line[]>;

/**
 * The lines of a body, while it comes: no more of it is read than is asked for. One line more than a body may have, or
 * a body in too many small pieces, is reported as a line that cannot be read, and nothing is read after it.
 * @param onPiece is given what comes, as it comes
 * @throws Error when the client goes away before its end; what had come of an unfinished line is dropped
 */
export async function* readLines(
  request: IncomingMessage,
  onPiece?: (piece: Buffer) => void,
): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter();
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    onPiece?.(chunk as Buffer);
    yield* grouped(splitter.split(chunk as Buffer));
    if (splitter.isFull) return;
  }
  const cutOff = isInTooManyPieces(request);
  const last = cutOff ? splitter.refuse(413, TOO_MANY_PIECES) : splitter.end();
  if (last) yield [last];
}

/** @throws ApiError 415 for a body in a Content-Encoding */
export function requirePlain({ headers }: IncomingMessage): void {
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.trim().toLowerCase() !== 'identity') {
    throw new ApiError(415, 'Send the lines as they are, without a Content-Encoding.');
  }
}

/** The lines of bytes that come in pieces, as `readLines` gives them. */
export async function* splitLines(
  pieces: AsyncIterable<Buffer>,
  most = Infinity,
): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter(most);
  for await (const piece of pieces) yield* grouped(splitter.split(piece));
  const last = splitter.end();
  if (last) yield [last];
}

function* grouped(lines: Iterable<Line>): Generator<readonly Line[]> {
  let group: Line[] = [];
  for (const line of lines) {
    group.push(line);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Takes bytes apart; holds one line at most. */
class LineSplitter {
  /** Whether a line more has come than may. */
  isFull = false;
  private line = 0;
  private held: Buffer | undefined;
  /** Bytes of the unfinished line, those included that are not held since it is too long. */
  private length = 0;

  constructor(private readonly most = MAX_LINES) {}

  *split(chunk: Buffer): Generator<Line> {
    let from = 0;
    for (let to = chunk.indexOf('\n'); to >= 0; to = chunk.indexOf('\n', from)) {
      const line = this.finish(chunk.subarray(from, to));
      if (line) yield line;
      if (this.isFull) return;
      from = to + 1;
    }
    this.hold(chunk.subarray(from));
  }

  /** The line that no line feed ends. */
  end(): Line | undefined {
    return this.length > 0 ? this.finish(NOTHING) : undefined;
  }

  /** The unfinished line, as one that cannot be read. */
  refuse(status: number, message: string): Line {
    this.line += 1;
    return { line: this.line, content: new ApiError(status, message) };
  }

  private hold(piece: Buffer): void {
    if (piece.length > 0 && this.length + piece.length <= MAX_LINE_BYTES) {
      this.held ??= Buffer.allocUnsafe(MAX_LINE_BYTES);
      piece.copy(this.held, this.length);
    }
    this.length += piece.length;
  }

  private finish(piece: Buffer): Line | undefined {
    const before = this.length;
    this.length = 0;
    if (this.line === this.most) {
      this.isFull = true;
      return this.refuse(413, `The body has more than ${this.most} lines; send the rest anew.`);
    }
    const bytes = before + piece.length;
    if (bytes > MAX_LINE_BYTES) {
      return this.refuse(413, `The line is longer than ${MAX_LINE_BYTES} bytes.`);
    }
    if (before > 0 && piece.length > 0) piece.copy(this.held ?? piece, before);
    const whole = before > 0 && this.held ? this.held.subarray(0, bytes) : piece;
    if (!isUtf8(whole)) return this.refuse(400, 'The line is not UTF-8.');
    this.line += 1;
    const text = whole.toString().trim();
    return text === '' ? undefined : { line: this.line, content: text };
  }
}

const NOTHING = Buffer.alloc(0);

/**
 * A line as its schema transforms it.
 * @throws ApiError 400 that names each field that is wrong, or what keeps the line from being read
 */
export function checkLine<S extends z.ZodType>({ content }: Line, schema: S): z.output<S> {
  if (content instanceof ApiError) throw content;
  const { data, problems } = checkPart(
    schema,
    parseJson(content, MOST_VALUES, 'The line'),
    'the line',
  );
  if (problems.length > 0) throw badRequest(problems.join('; '));
  return data as z.output<S>;
}
