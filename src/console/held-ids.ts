/** What an account holds, by entitlement id: each with all that gives it, page by page. */
import { ReaderGone } from '../base/reply-reader';
import { isActive } from '../entitlements/entitlement';
import { MAX_SOURCES } from '../ledger/access-at';
import type { EntitlementKey, Reader, StoredEntitlement } from '../store/store';
import { LOOKED_AT_ONCE, MOST_LOOKED_AT, readPlace, writePlace } from './held-rows';

/** An id, and what gives it. */
export class HeldId {
  active = false;
  /** Of an active one: until when; undefined: without end. */
  until: number | undefined;
  private readonly on: StoredEntitlement[] = [];
  private readonly off: StoredEntitlement[] = [];
  private count = 0;

  constructor(
    readonly merchantEntitlementId: string,
    private readonly now: number,
  ) {}

  /** Adds a source. */
  add(row: StoredEntitlement): void {
    this.count += 1;
    const isOn = isActive(row, this.now);
    const kept = isOn ? this.on : this.off;
    if (kept.length < MAX_SOURCES) kept.push(row);
    if (!isOn) return;
    const isFirst = !this.active;
    const isEndless = row.end === undefined || (!isFirst && this.until === undefined);
    this.until = isEndless ? undefined : Math.max(row.end, this.until ?? 0);
    this.active = true;
  }

  /** Active ones first. */
  get rows(): readonly StoredEntitlement[] {
    return [...this.on, ...this.off].slice(0, MAX_SOURCES);
  }

  /** How many sources are left out. */
  get moreSources(): number {
    return Math.max(0, this.count - MAX_SOURCES);
  }
}

interface IdQuery {
  readonly now: number;
  readonly pageLength: number;
  readonly lastLoadedId?: string | undefined;
  /** Only ids that give access, or only those that don't. */
  readonly active?: boolean | undefined;
  readonly isGone: () => boolean;
}

/**
 * A page of ids, in their order. It may be shorter than asked for though others follow.
 * @throws Refusal 400 for a lastLoadedId that is none; ReaderGone once nobody waits for it
 */
export async function readIds(
  reader: Reader,
  accountId: number,
  { now, pageLength, lastLoadedId, active, isGone }: IdQuery,
): Promise<{ readonly ids: readonly HeldId[]; readonly next: string | null }> {
  const ids: HeldId[] = [];
  let present: HeldId | undefined;
  let after = lastLoadedId === undefined ? undefined : readPlace(lastLoadedId);
  const finish = () => {
    if (present && (active === undefined || present.active === active)) ids.push(present);
  };
  for (let looked = 0; ;) {
    const found = await reader.listAllEntitlements(accountId, { after, limit: LOOKED_AT_ONCE });
    for (const row of found) {
      if (row.merchantEntitlementId !== present?.merchantEntitlementId) {
        finish();
        if (ids.length === pageLength || looked >= MOST_LOOKED_AT) {
          return { ids, next: writePlace(after) };
        }
        present = new HeldId(row.merchantEntitlementId, now);
      }
      present.add(row);
      after = row satisfies EntitlementKey;
      looked += 1;
    }
    if (found.length === 0) break;
    await reader.pause(found.length);
    if (isGone()) throw new ReaderGone();
  }
  finish();
  return { ids, next: null };
}
