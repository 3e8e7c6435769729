/**
 * Of the sources of one entitlement id: whether the first has started with a line of the ledger, or the last has stopped.
 * Decided: docs/decisions/push.md
 */
import { pagesOf } from '../base/pages';
import { type EntitlementState, isActive } from '../entitlements/entitlement';
import type { EntitlementPart, ReplacedEntitlement } from '../store/entitlements';
import type { EntitlementKey, LedgerRow, Reader, StoredEntitlement } from '../store/store';

/** The most sources of one id that are looked at. */
const MOST_SOURCES = 10_000;

/** The most later lines of an account that are looked at; beyond, its present state counts. */
const MOST_LATER = 10_000;

/** Whether another source gave the same id to the account before and after a line. */
export async function isGivenBesides(
  reader: Reader,
  accountId: number,
  line: LedgerRow,
): Promise<boolean> {
  const { merchantEntitlementId: id } = line;
  const read = (after: EntitlementPart['after'], limit: number) =>
    reader.listEntitlementsOfId(accountId, id, { after, limit });
  const held: StoredEntitlement[] = [];
  for await (const page of pagesOf<StoredEntitlement>(read, (rows) => reader.pause(rows))) {
    held.push(...page.filter((one) => compare(one, line) !== 0));
    if (held.length >= MOST_SOURCES) break;
  }
  if (held.length === 0) return false;
  // After them: each change that they show is then known.
  const replaced = await readReplaced(reader, accountId, line);
  return held.some(({ start, end, description, ...key }) => {
    const name = nameOf(key);
    const state = replaced.has(name) ? replaced.get(name) : { start, end, description };
    return state !== undefined && wasActive(state, key, line);
  });
}

/** The states of the id's entitlements that later lines replaced, by source: of each the first. */
async function readReplaced(
  reader: Reader,
  accountId: number,
  { id: line, merchantEntitlementId: id }: LedgerRow,
): Promise<ReadonlyMap<string, EntitlementState | undefined>> {
  const states = new Map<string, EntitlementState | undefined>();
  const read = (last: ReplacedEntitlement | undefined, limit: number) =>
    reader.listReplaced(accountId, last?.line ?? line, limit);
  let seen = 0;
  for await (const lines of pagesOf(read, (rows) => reader.pause(rows))) {
    for (const { merchantEntitlementId, before, ...key } of lines) {
      const name = nameOf(key);
      if (merchantEntitlementId === id && !states.has(name)) states.set(name, before);
    }
    seen += lines.length;
    if (seen >= MOST_LATER) break;
  }
  return states;
}

/**
 * Whether an entitlement was in force beside another's line. Where time starts or ends both at one moment, they count in
 * the order of their names: the first that starts, and the last that ends, is alone.
 */
function wasActive(
  state: EntitlementState,
  key: Pick<EntitlementKey, 'source' | 'sourceId'>,
  { action, at, ...line }: LedgerRow,
): boolean {
  if (action === 'start' && state.start === at) return compare(key, line) < 0;
  if (action === 'expire' && state.end === at) return state.start < at && compare(key, line) > 0;
  return isActive(state, at);
}

type SourceKey = Pick<EntitlementKey, 'source' | 'sourceId'>;

function compare(one: SourceKey, other: SourceKey): number {
  const [a, b] = [nameOf(one), nameOf(other)];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** No id has the character between the parts. */
function nameOf({ source, sourceId }: SourceKey): string {
  return `${source}\0${sourceId}`;
}
