/** Diagnostic.echoStringByProxy: echoString; there is no second server to ask (decided). */
import type { DiagnosticOperations } from '../../contract/types.generated';
import type { Handler } from '../call';
import { echoString } from './echo-string';

/**
 * The version that it names isn't looked at.
 * @throws Refusal `clientString not specified.` (decided)
 */
export const echoStringByProxy: Handler<DiagnosticOperations['echoStringByProxy']> = (call) =>
  echoString(call);
