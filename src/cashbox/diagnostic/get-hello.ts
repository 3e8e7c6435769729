/** Diagnostic.getHello: the least call that shows that a connection and a login work. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';

/** Guess: what CashBox says here is not known; clients look only whether it answers. */
const GREETING = 'Hello.';

/** Whatever `quodlibet` says, the answer is the same. */
export const getHello: Handler<DiagnosticOperations['getHello']> = () =>
  Promise.resolve({ serverString: GREETING });
