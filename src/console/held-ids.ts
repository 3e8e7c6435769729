/** What an account holds, by entitlement id: each with all that gives it, page by page. */
import { ReaderGone } from '../base/reply-reader';
import { isActive } from '../entitlements/entitlement';
import { MAX_SOURCES } from '../ledger/access-at';
import type { EntitlementKey, Reader, StoredEntitlement } from '../store/store';
import { LOOKED_AT_ONCE, MOST_LOOKED_AT, readPlace, writePlace } from './held-rows';
import { skipHeld } from './skip-held';

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
  /** Only ids that give access, or only those that don't; undefined: those that do, then the others. */
  readonly active?: boolean | undefined;
  readonly isGone: () => boolean;
}

/** A page, and the place after it; null: it is the last. */
interface IdPage {
  readonly ids: readonly HeldId[];
  readonly next: string | null;
}

/** Begins the place of those that give no access, where they come after those that do. */
const OTHERS = '~';

/**
 * A page of ids. It may be shorter than asked for though others follow.
 * @throws Refusal 400 for a lastLoadedId that is none; ReaderGone once nobody waits for it
 */
export async function readIds(reader: Reader, accountId: number, query: IdQuery): Promise<IdPage> {
  const { active, pageLength, lastLoadedId } = query;
  if (active !== undefined) return readIdsThat(reader, accountId, { ...query, active });
  if (lastLoadedId?.startsWith(OTHERS)) {
    const place = lastLoadedId.slice(OTHERS.length) || undefined;
    return readOthers(reader, accountId, { ...query, lastLoadedId: place });
  }
  const { ids, next } = await readIdsThat(reader, accountId, { ...query, active: true });
  if (next !== null) return { ids, next };
  const room = pageLength - ids.length;
  const others = { ...query, lastLoadedId: undefined, pageLength: Math.max(room, 1) };
  const page = await readOthers(reader, accountId, others);
  if (room > 0) return { ids: [...ids, ...page.ids], next: page.next };
  return { ids, next: page.ids.length === 0 && page.next === null ? null : OTHERS };
}

async function readOthers(reader: Reader, accountId: number, query: IdQuery): Promise<IdPage> {
  const { ids, next } = await readIdsThat(reader, accountId, { ...query, active: false });
  return { ids, next: next === null ? null : OTHERS + next };
}

/** Those that give access, or those that don't, in the order of their ids. */
async function readIdsThat(
  reader: Reader,
  accountId: number,
  { now, pageLength, lastLoadedId, active, isGone }: IdQuery & { readonly active: boolean },
): Promise<IdPage> {
  const ids: HeldId[] = [];
  let present: HeldId | undefined;
  let after = lastLoadedId === undefined ? undefined : readPlace(lastLoadedId);
  /** The place after a full page: whether another follows shows later. */
  let full = null as string | null;
  const isFollowed = () => {
    if (present?.active !== active) return false;
    if (full !== null) return true;
    ids.push(present);
    if (ids.length === pageLength) full = writePlace(after);
    return false;
  };
  for (let looked = 0; ;) {
    const found = await reader.listAllEntitlements(accountId, { after, limit: LOOKED_AT_ONCE });
    let isBarren = true;
    for (const row of found) {
      if (row.merchantEntitlementId !== present?.merchantEntitlementId) {
        if (isFollowed()) return { ids, next: full };
        if (looked >= MOST_LOOKED_AT) return { ids, next: full ?? writePlace(after) };
        present = new HeldId(row.merchantEntitlementId, now);
      }
      present.add(row);
      after = row satisfies EntitlementKey;
      looked += 1;
      isBarren &&= isActive(row, now) !== active;
    }
    if (found.length === 0) break;
    await reader.pause(found.length);
    if (isGone()) throw new ReaderGone();
    if (!isBarren || !after || present?.active === active) continue;
    const skip = { now, active, most: MOST_LOOKED_AT - looked, isGone };
    const skipped = await skipHeld(reader, accountId, after, skip);
    if (!skipped.after) break;
    after = skipped.after;
    looked += skipped.looked;
  }
  return { ids, next: isFollowed() ? full : null };
}
