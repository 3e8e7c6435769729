/** An entitlement as it is read, with what a line of the ledger says of it. */
import type { EntitlementKey, ReplacedEntitlement } from '../entitlements';
import { selectList } from './columns';

/** The key columns of an entitlement within an account. */
export const ENTITLEMENT_KEY = ['merchantEntitlementId', 'source', 'sourceId'] as const;

/** The columns read of it. */
export const ENTITLEMENT_COLUMNS = `${selectList([...ENTITLEMENT_KEY, 'description', 'dueAt'])},
  start_at AS start, end_at AS "end"`;

/** The place before the first entitlement of an account. */
export const BEFORE_ALL = {
  merchantEntitlementId: '',
  source: '',
  sourceId: '',
} as unknown as EntitlementKey;

/** The parameters of what a part of an account's entitlements begins after. */
export function keyValues({ merchantEntitlementId, source, sourceId }: EntitlementKey): string[] {
  return [merchantEntitlementId, source, sourceId];
}

/** The parameters of the key that a part ends with; none: it goes to the end. */
export function lastValues(last: EntitlementKey | undefined) {
  return {
    lastId: last?.merchantEntitlementId ?? null,
    lastSource: last?.source ?? null,
    lastSourceId: last?.sourceId ?? null,
  };
}

/** A line of the ledger with what was before it; without a start it is of a new entitlement. */
export type ReplacedRow = EntitlementKey & {
  readonly line: number;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly description: string | undefined;
};

/** What `toReplaced` reads of a line. */
export const REPLACED_COLUMNS = `id AS line, ${selectList(ENTITLEMENT_KEY)}, before_start_at AS start,
  before_end_at AS "end", before_description AS description`;

/** The state that a line replaced. */
export function toReplaced({
  start,
  end,
  description,
  ...named
}: ReplacedRow): ReplacedEntitlement {
  return { ...named, before: start === undefined ? undefined : { start, end, description } };
}
