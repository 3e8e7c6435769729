/** The entitlements of an account that are due, in parts: of a hundred thousand that end at once, a list of all takes longer than a turn. */
import type { DueEntitlement } from '../entitlements';
import type { Eventually } from '../eventually';
import type { EntitlementStatements } from './entitlement-statements';

/** The rows of a part. */
const PART = 500;

/** Whose, and until when. */
interface Due {
  readonly accountId: number;
  readonly now: number;
  /** Where there are more, no more need be listed. */
  readonly most: number;
}

/**
 * The earliest first, those of one moment by their keys; where there are too many, some that come first by their keys. Nothing
 * may change them meanwhile.
 * @param pause lets others have their turn between two parts
 */
export function listDueOf(
  reads: Pick<EntitlementStatements, 'dueOf' | 'dueOfAfter'>,
  due: Due,
  pause: (rows: number) => Eventually<void>,
): Eventually<readonly DueEntitlement[]> {
  const first = reads.dueOf.all(due.accountId, due.now, PART);
  return first.length < PART ? first.sort(byMoment) : goOn(first);

  async function goOn(list: DueEntitlement[]): Promise<readonly DueEntitlement[]> {
    let last = list[PART - 1];
    while (last && list.length <= due.most) {
      await pause(PART);
      const { merchantEntitlementId, source, sourceId } = last;
      const after = [merchantEntitlementId, source, sourceId];
      const part = reads.dueOfAfter.all(due.accountId, due.now, ...after, PART);
      list.push(...part);
      last = part[PART - 1];
    }
    return list.sort(byMoment);
  }
}

function byMoment(one: DueEntitlement, other: DueEntitlement): number {
  return one.dueAt - other.dueAt;
}
