/** Diagnostic.putHello: answers with what it is given. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { echo } from './echo';

/** @throws Refusal `clientString not specified.` (decided) */
export const putHello: Handler<DiagnosticOperations['putHello']> = ({ input }) =>
  echo('clientString', input.clientString, (given) => ({ serverEchoOfClientString: given }));
