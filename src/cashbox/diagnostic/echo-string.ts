/** Diagnostic.echoString: shows whether characters survive the way to the server and back. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { echo } from './echo';

/**
 * Sentences that a client compares with its own copy: one in ASCII, one with letters of Latin-1, one
 * in another script. Guess: CashBox's own are not known.
 */
const REFERENCES = {
  reference_ASCII_string: 'The quick brown fox jumps over the lazy dog.',
  reference_non_ASCII_string: 'Zwölf Boxkämpfer jagen Viktor quer über den großen Deich.',
  reference_non_Latin_string: 'Съешь же ещё этих мягких булок, да выпей чаю. 日本語',
};

/** @throws Refusal `clientString not specified.` (decided) */
export const echoString: Handler<DiagnosticOperations['echoString']> = ({ input }) =>
  echo('clientString', input.clientString, (given) => ({
    serverEchoOfClientString: given,
    ...REFERENCES,
  }));
