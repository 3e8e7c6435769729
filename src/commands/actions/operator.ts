/** The work of the operator, as the rules see it. */
import { newId } from '../../base/new-id';
import { OPERATOR, type Work } from '../../base/work';
import type { UnitOfWork } from '../../store/store';

/** The work of a command within a unit of work. @param timeZone the server's */
export function operatorWork(unit: Pick<UnitOfWork, 'now'>, timeZone: string): Work {
  return { actor: OPERATOR, callId: undefined, now: unit.now(), timeZone, newId };
}
