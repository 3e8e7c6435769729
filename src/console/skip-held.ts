/** Reading on where entitlements that are wanted come again: an account may hold many that are not. */
import { ReaderGone } from '../base/reply-reader';
import type { EntitlementKey, Reader } from '../store/store';

/** How many the store looks at in one turn, and how many of those cost as much as one that is read. */
const SKIPPED_AT_ONCE = 10_000;
const SKIPPED_AS_ONE = 20;

/** Which entitlements are wanted, and for whom. */
export interface SkipQuery {
  readonly now: number;
  /** Those that give access, or those that don't. */
  readonly active: boolean;
  /** How much may be looked at, as if it were read. */
  readonly most: number;
  readonly isGone: () => boolean;
}

/** Where it goes on. */
interface Skipped {
  /** What is to be read comes after it; undefined: none of the rest is wanted. */
  readonly after: EntitlementKey | undefined;
  /** What it cost, as if it were read. */
  readonly looked: number;
}

/**
 * Goes to the next id that has a wanted one, or as far as may be looked.
 * @throws ReaderGone once nobody waits for it
 */
export async function skipHeld(
  reader: Reader,
  accountId: number,
  after: EntitlementKey,
  { now, active, most, isGone }: SkipQuery,
): Promise<Skipped> {
  const standing = { isActive: active, at: now };
  let last = after;
  for (
    let looked = SKIPPED_AT_ONCE / SKIPPED_AS_ONE;
    ;
    looked += SKIPPED_AT_ONCE / SKIPPED_AS_ONE
  ) {
    const part = { after: last, limit: SKIPPED_AT_ONCE };
    const seen = await reader.findStanding(accountId, standing, part);
    if (!seen) return { after: undefined, looked };
    if (seen.isWanted || looked >= most) return { after: beginOf(seen.key, after), looked };
    last = seen.key;
    await reader.pause(SKIPPED_AT_ONCE / SKIPPED_AS_ONE);
    if (isGone()) throw new ReaderGone();
  }
}

/** All of an id is read, but nothing again: before its first, or where it went on before. */
function beginOf({ merchantEntitlementId }: EntitlementKey, after: EntitlementKey): EntitlementKey {
  if (merchantEntitlementId === after.merchantEntitlementId) return after;
  return { merchantEntitlementId, source: '' as EntitlementKey['source'], sourceId: '' };
}
