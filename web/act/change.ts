/** A change of a direct grant, as calls take it. */
import { type Body, sendLine } from '../api/request';

/** A line of the batch: grant, extend or revoke. */
export type Change = Body<'changeEntitlements'>;

/** Carries out one line. @throws Problem where it is refused */
export function makeChange(merchant: string, body: Change, onceKey: string): Promise<unknown> {
  return sendLine('changeEntitlements', { merchant, body, onceKey });
}
