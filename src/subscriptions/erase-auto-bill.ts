/**
 * What the erasure of an account does with any number of its AutoBills, and with those of accounts that gave or got what
 * it had.
 * Decided: docs/decisions/erasure.md
 */
import { isPersonal, type Person, pseudonymOf } from '../base/personal';
import type { WorkKind } from '../batches/long-work';
import type { StoredAutoBill, StoredAutoBillItem } from '../store/auto-bills';
import type { UnitOfWork } from '../store/store';

/** An account that has a pseudonym now. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** Those of two lists, as JSON, each account once. */
export function joinRenamed(first = '[]', second = '[]'): string {
  const all = [first, second].flatMap((list) => JSON.parse(list) as Renamed[]);
  return JSON.stringify([...new Map(all.map((one) => [one.from, one])).values()]);
}

/** What a unit's visits have read, so that each of them needn't: a list may have grown by many calls. */
const read = new WeakMap<UnitOfWork, { readonly detail: string; readonly names: Names }>();

type Names = ReadonlyMap<string, string>;

/** Pseudonyms by the former names. */
export function byFormerName(renamed: readonly Renamed[] = []): Names {
  return new Map(renamed.map(({ from, to }) => [from, to]));
}

/** The pseudonyms of a list of Renamed, as JSON, by the former names. */
export function pseudonymsIn(unit: UnitOfWork, detail = '[]'): Names {
  const known = read.get(unit);
  if (known?.detail === detail) return known.names;
  const names = byFormerName(JSON.parse(detail) as Renamed[]);
  read.set(unit, { detail, names });
  return names;
}

/** What a visit costs, in changes of an entitlement. */
const WEIGHT = 5;

/** Takes what the merchant said of the person; `detail` has the texts that say who that is. */
export const AUTO_BILL_WORK: WorkKind = {
  name: 'erasure of AutoBills',
  weight: WEIGHT,
  walk: ({ autoBills }) => autoBills.ofAccount,
  visit: async ({ autoBills }, _work, row, { detail }) => {
    const autoBill = await autoBills.find(row);
    if (!autoBill || detail === undefined) return;
    await autoBills.update(withoutPerson(autoBill, JSON.parse(detail) as Person));
  },
};

/** Gives the pseudonym to the account that an AutoBill names as its former owner; `detail` is a list of Renamed. */
export const OWNER_WORK: WorkKind = {
  name: 'erasure of owners',
  weight: WEIGHT,
  joined: joinRenamed,
  walk: ({ autoBills }) => autoBills.ofAccount,
  visit: async (unit, _work, row, { detail }) => {
    const autoBill = await unit.autoBills.find(row);
    if (!autoBill) return;
    const changed = renameOwner(autoBill, pseudonymsIn(unit, detail));
    if (changed !== autoBill) await unit.autoBills.update(changed);
  },
};

/** What is left of them to do with an AutoBill comes before a call changes it. */
export const AUTO_BILL_ERASURES: readonly WorkKind[] = [AUTO_BILL_WORK, OWNER_WORK];

function renameOwner(autoBill: StoredAutoBill, names: Names): StoredAutoBill {
  const { nameValues = [] } = autoBill.values;
  const pseudonymOfOwner = ({ name, value }: (typeof nameValues)[number]) =>
    name === FORMER_OWNER && value !== undefined ? names.get(value) : undefined;
  if (!nameValues.some(pseudonymOfOwner)) return autoBill;
  const renamed = nameValues.map((pair) => ({
    ...pair,
    value: pseudonymOfOwner(pair) ?? pair.value,
  }));
  return { ...autoBill, values: { ...autoBill.values, nameValues: renamed } };
}

const FORMER_OWNER = 'VIN_MERCHANT_CUSTOMER_ID_UPDATED_FROM';

/** What the merchant said of a person in an AutoBill; ids that say who that is get a pseudonym. */
function withoutPerson(autoBill: StoredAutoBill, person: Person): StoredAutoBill {
  const { VID, merchantAutoBillId, values, items } = autoBill;
  const kept = { ...values, nameValues: undefined, customerAutoBillName: undefined };
  return {
    ...autoBill,
    merchantAutoBillId:
      merchantAutoBillId !== undefined && isPersonal(merchantAutoBillId, person)
        ? pseudonymOf(VID)
        : merchantAutoBillId,
    values: { ...kept, sourceIp: undefined },
    items: items.map((item) => withoutPersonInItem(item, person)),
  };
}

function withoutPersonInItem(item: StoredAutoBillItem, person: Person): StoredAutoBillItem {
  const { merchantAutoBillItemId } = item.values;
  const named = merchantAutoBillItemId !== undefined && isPersonal(merchantAutoBillItemId, person);
  const values = { ...item.values, nameValues: undefined };
  return {
    ...item,
    values: named ? { ...values, merchantAutoBillItemId: pseudonymOf(item.VID) } : values,
  };
}
