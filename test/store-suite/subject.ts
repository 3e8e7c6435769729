/** The subject of every part of the store's suite: a store with two merchants, and short words. */
import type { AccountValues } from '../../src/store/accounts';
import type { EntitlementChange } from '../../src/store/entitlements';
import type { Commit } from '../../src/store/observing';
import type { Reader, Store, UnitOfWork } from '../../src/store/store';

/** When everything in the suite happens, unless a test says otherwise. */
export const AT = Date.UTC(2026, 0, 1);

/** All of a list that has few rows. */
export const WHOLE = { after: 0, limit: 99 };

/** The same of accounts by their last change. */
export const FIRST = { after: undefined, limit: 99 };

export const DAY = 24 * 60 * 60 * 1000;

export interface Subject {
  readonly store: Store;
  /** The merchant whose data the tests write. */
  readonly acme: number;
  /** Another, who must see nothing of that. */
  readonly rival: number;
  /** Sets the clock that the store was opened with. */
  readonly setNow: (now: number) => void;
  /** The commits so far. */
  readonly commits: Commit[];
}

/** Describes one part of a store's behaviour. @param subject the store of the test that runs */
export type Part = (subject: () => Subject) => void;

/** A unit of work of acme's. */
export function write<T>(
  { store, acme }: Subject,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  return store.transact(acme, work);
}

/** acme's view, and the rival's. */
export function readers({ store, acme, rival }: Subject): { mine: Reader; theirs: Reader } {
  return { mine: store.reader(acme), theirs: store.reader(rival) };
}

/** `ada` → a VID of 40 digits. */
export function vidOf(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(40, '0');
}

/** Makes an account of acme's. @returns its row */
export function addAccount(
  subject: Subject,
  name: string,
  values: Omit<AccountValues, 'VID'> = {},
  createdAt = AT,
): Promise<number> {
  return write(subject, async (unit) =>
    unit.insertAccount({ VID: vidOf(name), merchantAccountId: name, ...values }, createdAt),
  );
}

/** A grant that changes access now. */
export function grantOf(
  accountId: number,
  merchantEntitlementId: string,
  more: Partial<EntitlementChange> = {},
): EntitlementChange {
  return {
    accountId,
    merchantEntitlementId,
    source: 'Account',
    sourceId: '',
    action: 'grant',
    before: undefined,
    after: { start: AT, end: undefined, description: undefined },
    at: AT,
    changesAccess: true,
    dueAt: undefined,
    actor: 'acme',
    note: undefined,
    soapId: undefined,
    ...more,
  };
}

/** Records changes, each in a unit of its own. */
export async function record(subject: Subject, ...changes: EntitlementChange[]): Promise<void> {
  for (const change of changes) await write(subject, async (unit) => unit.recordChange(change));
}
