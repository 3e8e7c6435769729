/** Diagnostic.echoDateTime: shows which moment the server takes a dateTime for. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { echo } from './echo';

/**
 * As a number it is in whole seconds since 1970. Guess: of what, the contract doesn't say.
 * @throws Refusal `clientDateTime not specified.` (decided)
 */
export const echoDateTime: Handler<DiagnosticOperations['echoDateTime']> = ({ input }) =>
  echo('clientDateTime', input.clientDateTime, (moment) => ({
    serverEchoOfClientDateTime: moment,
    serverEchoOfClientDateTimeAsInt: BigInt(Math.floor(moment / 1000)),
  }));
