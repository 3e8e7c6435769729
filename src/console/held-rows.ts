/** What an account holds, page by page, and the lines of the ledger about it, as far as they are read. */
import { z } from 'zod';
import { ReaderGone } from '../base/reply-reader';
import { isActive } from '../entitlements/entitlement';
import { badPlace } from '../rest/paging';
import type { EntitlementKey, LedgerRow, Reader, StoredEntitlement } from '../store/store';
import { skipHeld } from './skip-held';

/** What may give access. */
export const SOURCES = ['Account', 'Order', 'AutoBill'] as const;

/** The most entitlements that a page looks at where only some are wanted, and how many at a time. */
export const MOST_LOOKED_AT = 20_000;
export const LOOKED_AT_ONCE = 500;

/** How many lines are read at a time. */
const LINES_AT_ONCE = 1000;

interface RowQuery {
  readonly now: number;
  readonly pageLength: number;
  readonly lastLoadedId?: string | undefined;
  readonly active?: boolean | undefined;
  readonly entitlement?: string | undefined;
  readonly isGone: () => boolean;
}

/**
 * A page of what an account holds or held.
 * @throws Refusal 400 for a lastLoadedId that is none; ReaderGone once nobody waits for it
 */
export async function readRows(
  reader: Reader,
  accountId: number,
  { now, pageLength, lastLoadedId, active, entitlement, isGone }: RowQuery,
): Promise<{ readonly rows: readonly StoredEntitlement[]; readonly next: string | null }> {
  const rows: StoredEntitlement[] = [];
  let after = lastLoadedId === undefined ? undefined : readPlace(lastLoadedId);
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const part = { after, limit: active === undefined ? pageLength + 1 : LOOKED_AT_ONCE };
    const found =
      entitlement === undefined
        ? await reader.listAllEntitlements(accountId, part)
        : await reader.listEntitlementsOfId(accountId, entitlement, part);
    if (found.length === 0) return { rows, next: null };
    const before = rows.length;
    for (const one of found) {
      if (rows.length === pageLength) return { rows, next: writePlace(after) };
      after = one;
      if (active === undefined || isActive(one, now) === active) rows.push(one);
    }
    looked += found.length;
    await reader.pause(found.length);
    if (isGone()) throw new ReaderGone();
    const isBarren = active !== undefined && entitlement === undefined && rows.length === before;
    if (isBarren && after) {
      const skip = { now, active, most: MOST_LOOKED_AT - looked, isGone };
      const skipped = await skipHeld(reader, accountId, after, skip);
      if (!skipped.after) return { rows, next: null };
      after = skipped.after;
      looked += skipped.looked;
    }
  }
  return { rows, next: writePlace(after) };
}

/** A row as `lastLoadedId` names it. */
export function writePlace(key: EntitlementKey | undefined): string | null {
  if (!key) return null;
  const { merchantEntitlementId, source, sourceId } = key;
  return Buffer.from(JSON.stringify([merchantEntitlementId, source, sourceId])).toString(
    'base64url',
  );
}

/** Without a source it is the place before an id. */
const Place = z.tuple([
  z.string(),
  z.enum([...SOURCES, '' as (typeof SOURCES)[number]]),
  z.string(),
]);

/** The row that a `lastLoadedId` names. @throws Refusal 400 for what no page gave out */
export function readPlace(text: string): EntitlementKey {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const [merchantEntitlementId, source, sourceId] = Place.parse(parsed);
    return { merchantEntitlementId, source, sourceId };
  } catch {
    throw badPlace();
  }
}

/** A row's key as one text. */
export function nameOfKey({ merchantEntitlementId, source, sourceId }: EntitlementKey): string {
  // No id has the character between the parts.
  return `${merchantEntitlementId}\0${source}\0${sourceId}`;
}

/** How far an account's lines are read. */
interface LineQuery {
  /** How many of its lines are looked at, from the last on. */
  readonly most: number;
  readonly isGone: () => boolean;
}

/**
 * The lines of rows by their keys, the newest first, as far as the account's are read.
 * @throws ReaderGone once nobody waits for them
 */
export async function readLines(
  reader: Reader,
  { id, VID }: { readonly id: number; readonly VID: string },
  rows: readonly EntitlementKey[],
  { most, isGone }: LineQuery,
) {
  const lines = new Map<string, LedgerRow[]>(rows.map((row) => [nameOfKey(row), []]));
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, accountIds: [id] };
  let last: LedgerRow | undefined;
  for (let read = 0; rows.length > 0 && read < most; read += LINES_AT_ONCE) {
    const part = { ...all, before: last?.id, limit: LINES_AT_ONCE };
    const found = (await reader.audit.listLast(part)) ?? [];
    // Those of an account that was merged into this one are of rows of its own.
    for (const line of found) if (line.VID === VID) lines.get(nameOfKey(line))?.push(line);
    if (found.length < LINES_AT_ONCE) return { lines, completeSince: undefined };
    last = found.at(-1);
    if (isGone()) throw new ReaderGone();
  }
  return { lines, completeSince: last?.at };
}
