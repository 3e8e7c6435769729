/** Diagnostic.echoBoolean: shows what became of a boolean on its way. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { echo } from './echo';

/** @throws Refusal `clientBoolean not specified.` (decided) */
export const echoBoolean: Handler<DiagnosticOperations['echoBoolean']> = ({ input }) =>
  echo('clientBoolean', input.clientBoolean, (given) => ({
    serverEchoOfClientBoolean: given,
    serverEchoOfClientBooleanAsInt: given ? 1n : 0n,
  }));
