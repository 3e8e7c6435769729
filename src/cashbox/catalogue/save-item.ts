/**
 * Creates products and billing plans, or changes them: the one place where a catalogue changes.
 * Decided: docs/decisions/catalogue.md
 */
import type { Work } from '../../base/work';
import type { NameValuePair } from '../../contract/types.generated';
import type { StoredOffer } from '../../store/catalogue';
import type { UnitOfWork } from '../../store/store';
import { findOffer } from './find-item';
import { type Offer, type OfferKind } from './kinds';

/** What saving came to. */
export interface SavedOffer<Values> {
  readonly offer: StoredOffer<Values>;
  readonly created: boolean;
  /** Its values before; undefined: it is new. */
  readonly before: Values | undefined;
}

/**
 * Saves what a request gives of an offer. Absent and empty elements stay as they are; nameValues are
 * merged by name, everything else that is given replaces what was there.
 * @param given checked, with references in the place of the objects that it refers to
 * @throws Refusal when its VID is unknown, or VID and name are those of two
 */
export async function saveOffer<Values extends Offer>(
  kind: OfferKind<Values>,
  unit: UnitOfWork,
  given: Values,
  { now, newId }: Work,
): Promise<SavedOffer<Values>> {
  const known = await findOffer(kind, unit.catalogue, given);
  const values = mergeOffer(known?.values, given, newId);
  const writer = kind.writer(unit.catalogue);
  if (known) await writer.update(known.id, values);
  const id = known?.id ?? (await writer.insert(values, now));
  return { offer: { id, values }, created: !known, before: known?.values };
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

/** What of an object is given. */
export function withoutAbsent<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** Merged by name, in the order of their names, as an account's. */
export function mergePairs(known: NameValuePair[] = [], given: NameValuePair[]): NameValuePair[] {
  const pairs = new Map([...known, ...given].map(({ name = '', value = '' }) => [name, value]));
  return [...pairs]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
