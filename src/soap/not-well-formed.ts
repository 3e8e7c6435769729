/** Says what of a request is not well-formed XML, and where. */
import { cut } from '../base/quote';
import { SoapFault } from './fault';

/** Thrown where a request is not well-formed XML. */
export class NotWellFormed extends SoapFault {
  /**
   * @param problem what is wrong, with line and column
   * @param position how many characters had been read when it showed
   */
  constructor(
    problem: string,
    readonly position: number,
  ) {
    super('Client', `The request is not well-formed XML: ${cut(problem)}`);
  }
}

/**
 * A raw ampersand begins a reference that the parser reads up to the next semicolon, wherever that
 * is: often there is none, and the last tag is named instead.
 * @returns the error, or one that names the first raw ampersand where there is one before it
 */
export function nameAmpersand(error: unknown, text: string): unknown {
  // A form or JSON is no XML at all, and its ampersands are in order.
  if (!(error instanceof NotWellFormed) || !/^\s*</.test(text)) return error;
  const at = findAmpersand(text);
  if (at === undefined || at >= error.position) return error;
  const problem = `${placeOf(text, at)}: a raw "&"; write "&amp;" for it.`;
  return new NotWellFormed(problem, at);
}

/** Comments, CDATA and processing instructions, which may hold one; references; and what is left. */
const AMPERSAND =
  /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<\?[^]*?(?:\?>|$)|&(?:#\d+|#x[\da-f]+|[\p{L}_:][\p{L}\p{N}_:.-]*);|&/giu;

function findAmpersand(text: string): number | undefined {
  for (const { 0: found, index } of text.matchAll(AMPERSAND)) {
    if (found === '&') return index;
  }
  return undefined;
}

/** `line:column`, both from 1, as the parser counts them. */
function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
