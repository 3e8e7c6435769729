/** Diagnostic.getHello: the least call that shows that a connection and a login work. */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';

/** Documented: the answer of getHello and the input of putHello. */
export const GREETING = 'hello world';

/** Whatever `quodlibet` says, the answer is the same. */
export const getHello: Handler<DiagnosticOperations['getHello']> = () =>
  Promise.resolve({ serverString: GREETING });
