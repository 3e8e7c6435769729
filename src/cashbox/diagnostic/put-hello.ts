/** Diagnostic.putHello: takes the server's greeting back. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { elementRefused } from '../returns';
import { echo } from './echo';
import { GREETING } from './get-hello';

/**
 * @throws Refusal when it is given anything but the greeting (documented; the string is decided) ·
 *   `clientString not specified.` (decided)
 */
export const putHello: Handler<DiagnosticOperations['putHello']> = ({ input }) =>
  echo('clientString', input.clientString, (given) => {
    if (given !== GREETING) throw elementRefused('clientString', `must be "${GREETING}"`);
    return { serverEchoOfClientString: given };
  });
