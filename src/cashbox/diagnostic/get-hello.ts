/** Diagnostic.getHello: the least call that shows that a connection and a login work. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';

/** Documented: what getHello answers, and what putHello is to be given. */
export const GREETING = 'hello world';

/** Whatever `quodlibet` says, the answer is the same. */
export const getHello: Handler<DiagnosticOperations['getHello']> = () =>
  Promise.resolve({ serverString: GREETING });
