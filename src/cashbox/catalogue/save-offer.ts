/** Creates products and billing plans, or changes them: the one place where a catalogue changes. */
import type { NameValuePair } from '../../contract/types.generated';
import type { StoredOffer } from '../../store/catalogue';
import type { UnitOfWork } from '../../store/store';
import type { Surroundings } from '../call';
import { findOffer } from './find-offer';
import { type Offer, type OfferKind } from './kinds';

/** What saving came to. */
export interface SavedOffer<Values> {
  readonly offer: StoredOffer<Values>;
  readonly created: boolean;
  /** What the offer entitled to, and what it entitles to now: what is sold already must follow. */
  readonly entitlementIds: {
    readonly before: readonly string[];
    readonly after: readonly string[];
  };
}

/**
 * Saves what a request gives of an offer. What is absent or empty stays as it is; nameValues are
 * merged by name, everything else that is given replaces what was there.
 * @param given checked, and what it refers to replaced by references
 * @throws Refusal when its VID is nobody's, or VID and name are those of two
 */
export async function saveOffer<Values extends Offer>(
  kind: OfferKind<Values>,
  unit: UnitOfWork,
  given: Values,
  surroundings: Pick<Surroundings, 'clock' | 'newId'>,
): Promise<SavedOffer<Values>> {
  const known = await findOffer(kind, unit.catalogue, given);
  const values = mergeOffer(known?.values, given, surroundings.newId);
  const writer = kind.writer(unit.catalogue);
  if (known) await writer.update(known.id, values);
  const id = known?.id ?? (await writer.insert(values, surroundings.clock()));
  const entitlementIds = { before: idsOf(known?.values), after: idsOf(values) };
  return { offer: { id, values }, created: !known, entitlementIds };
}

/** Of a new one the status is Active where none is given. Guess: what CashBox does isn't known. */
function mergeOffer<Values extends Offer>(
  known: (Values & { readonly VID: string }) | undefined,
  given: Values,
  newId: () => string,
): Values & { readonly VID: string } {
  const merged: Values = { status: 'Active', ...known, ...withoutAbsent(given) };
  if (given.nameValues) merged.nameValues = mergePairs(known?.nameValues, given.nameValues);
  return { ...merged, VID: known?.VID ?? newId() };
}

function withoutAbsent<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** In the order of their names, as an account's. */
function mergePairs(known: NameValuePair[] = [], given: NameValuePair[]): NameValuePair[] {
  const pairs = new Map([...known, ...given].map(({ name = '', value = '' }) => [name, value]));
  return [...pairs]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The ids that an offer entitles to, each once. */
export function idsOf(values: Offer | undefined): string[] {
  const ids = (values?.merchantEntitlementIds ?? []).map(({ id = '' }) => id);
  return [...new Set(ids)];
}
