/**
 * Creates products and billing plans, or changes them: the one place where a catalogue changes.
 * Decided: docs/decisions/catalogue.md
 */
import type { Work } from '../../base/work';
import type { NameValuePair } from '../../contract/types.generated';
import type { StoredCatalogueItem } from '../../store/catalogue';
import type { UnitOfWork } from '../../store/store';
import { tooManyParts } from '../returns';
import { findCatalogueItem } from './find-item';
import { type CatalogueItem, type CatalogueKind } from './kinds';

/** The result of saving. */
export interface SavedCatalogueItem<Values> {
  readonly item: StoredCatalogueItem<Values>;
  readonly created: boolean;
  /** Its values before; undefined: it is new. */
  readonly before: Values | undefined;
}

/**
 * Saves what a request gives of a catalogue item. Absent and empty elements stay as they are;
 * nameValues are merged by name, everything else that is given replaces what was there.
 * @param given checked, with references in the place of the objects that it refers to
 * @throws Refusal when its VID is unknown, or VID and name are those of two
 */
export async function saveCatalogueItem<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  unit: UnitOfWork,
  given: Values,
  { now, newId }: Work,
): Promise<SavedCatalogueItem<Values>> {
  const known = await findCatalogueItem(kind, unit.catalogue, given);
  const values = mergeCatalogueItem(known?.values, given, newId);
  const writer = kind.writer(unit.catalogue);
  if (known) await writer.update(known.id, values);
  const id = known?.id ?? (await writer.insert(values, now));
  return { item: { id, values }, created: !known, before: known?.values };
}

/** A new one without a status is Active. Guess: CashBox's behaviour isn't known. */
function mergeCatalogueItem<Values extends CatalogueItem>(
  known: (Values & { readonly VID: string }) | undefined,
  given: Values,
  newId: () => string,
): Values & { readonly VID: string } {
  const merged: Values = { status: 'Active', ...known, ...withoutAbsent(given) };
  if (given.nameValues) merged.nameValues = mergeGiven(known?.nameValues, given.nameValues);
  return { ...merged, VID: known?.VID ?? newId() };
}

/** The given values of an object. */
export function withoutAbsent<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}

/** The most nameValues that an object may have: whatever reads it reads them all. */
const MOST_PAIRS = 1000;

/**
 * Those of an object with those of a request. An object that has more than may be gets no further ones.
 * @throws Refusal `nameValues: there may be 1000 at most.`
 */
export function mergeGiven(known: NameValuePair[] = [], given: NameValuePair[]): NameValuePair[] {
  const merged = mergePairs(known, given);
  if (merged.length > Math.max(MOST_PAIRS, known.length)) {
    throw tooManyParts('nameValues', MOST_PAIRS);
  }
  return merged;
}

/** Merged by name, in the order of their names, as an account's. */
export function mergePairs(known: NameValuePair[] = [], given: NameValuePair[]): NameValuePair[] {
  const pairs = new Map([...known, ...given].map(({ name = '', value = '' }) => [name, value]));
  return [...pairs]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
