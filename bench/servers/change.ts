/**
 * A grant or revoke in SQL and nothing around it: the server's own statements, in one
 * transaction of their own. A test compares them with those that the server runs.
 */
import SqliteDatabase, { type Database, type Statement } from 'better-sqlite3';
import type { Address, NameValuePair, TaxExemption } from '../../src/contract/types.generated';
import type { Action, EntitlementState } from '../../src/entitlements/entitlement';
import { newId } from '../../src/base/new-id';
import { FIRST_PAGE } from '../../src/base/pages';
import { prepareMerchantReads } from '../../src/store/sqlite/operator-reads';
import { prepareReads } from '../../src/store/sqlite/reader';
import { createSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { SqliteUnitOfWork } from '../../src/store/sqlite/unit-of-work';
import { prepareWrites } from '../../src/store/sqlite/write-statements';
import type { Merchant, StoredAccount } from '../../src/store/store';
import { MOMENTS } from '../moments';

/** The change to make. */
export interface ChangeRequest {
  readonly login: string;
  readonly action: Action;
  readonly merchantAccountId: string;
  readonly merchantEntitlementId: string;
  readonly note: string;
}

/** A row as SQLite gives it: absent values are null. */
type Row<T> = { readonly [Name in keyof T]: Exclude<T[Name], undefined> | null };

/** An entitlement as SQLite gives it; moments are UTC milliseconds. */
export interface EntitlementRow {
  readonly merchantEntitlementId: string;
  readonly description: string | null;
  readonly start: number;
  readonly end: number | null;
}

/** The rows that the reply shows. */
export interface Changed {
  readonly soapId: string;
  readonly now: number;
  readonly account: Row<StoredAccount>;
  readonly address: Row<Address> | undefined;
  readonly nameValues: readonly NameValuePair[];
  readonly taxExemptions: ReadonlyArray<Row<TaxExemption>>;
  readonly entitlements: readonly EntitlementRow[];
}

/** Opens a database file as the server does: a connection that writes, one that reads. */
export function openChange(path: string): (request: ChangeRequest) => Changed {
  return createChange(new SqliteDatabase(path), () => new SqliteDatabase(path, { readonly: true }));
}

/**
 * Prepares the statements.
 * @param writer gets the store's own pragmas (WAL, synchronous FULL and so on)
 * @returns carries out one change durably; throws where merchant, account or entitlement is missing
 */
export function createChange(
  writer: Database,
  openReader: () => Database,
): (request: ChangeRequest) => Changed {
  const reader = openReader();
  // Only for what it does to the connections.
  createSqliteStore(writer, { openReader: () => reader });
  const merchants = plain(reader, prepareMerchantReads(reader).byLogin);
  const reads = prepareReads(writer);
  const writes = prepareWrites(writer);
  const accounts = plain(writer, reads.accountByMerchantAccountId);
  const entitlement = plain(writer, reads.entitlement);
  const addresses = plain(writer, reads.address);
  const nameValues = plain(writer, reads.nameValues);
  const taxExemptions = plain(writer, reads.taxExemptions);
  const entitlements = plain(writer, reads.entitlementsOfSource);

  const version = writer.prepare('PRAGMA data_version').pluck();

  const change = writer.transaction((merchantId: number, request: ChangeRequest): Changed => {
    const { login, action, merchantAccountId, merchantEntitlementId, note } = request;
    // Whether another process has written, whose changes come before.
    version.get();
    const [now, soapId] = [Date.now(), newId()];
    const account = accounts.get(merchantAccountId, merchantId) as Row<StoredAccount> | undefined;
    if (!account) throw new Error(`no account ${merchantAccountId}`);
    const { id } = account;
    const key = [id, 'Account', merchantEntitlementId, ''] as const;
    const before = entitlement.get(...key) as EntitlementRow | undefined;
    void new SqliteUnitOfWork(reads, writes, merchantId, MOMENTS, { mayPause: false }).recordChange(
      {
        accountId: Number(id),
        merchantEntitlementId,
        source: 'Account',
        sourceId: '',
        action,
        note,
        soapId,
        actor: login,
        at: now,
        changesAccess: true,
        dueAt: undefined,
        before: before && toState(before),
        after: stateAfter(action, before, now),
      },
    );
    const changed = {
      soapId,
      now,
      account,
      address: addresses.get(id) as Row<Address> | undefined,
      nameValues: nameValues.all(id) as NameValuePair[],
      taxExemptions: taxExemptions.all(id) as Array<Row<TaxExemption>>,
      entitlements: entitlements.all(id, 'Account', FIRST_PAGE) as EntitlementRow[],
    };
    writes.lines.number();
    return changed;
  });
  return (request) => {
    const merchant = merchants.get(request.login) as Pick<Merchant, 'id'> | undefined;
    if (!merchant) throw new Error(`no merchant ${request.login}`);
    return change.immediate(merchant.id, request);
  };
}

/** A look-up of the server's, as SQLite's own objects instead of the store's. */
export function plain(database: Database, { source }: { readonly source: string }): Statement {
  return database.prepare(source);
}

/** Start, end and description: the server's rules as far as the load needs them. */
function stateAfter(
  action: Action,
  before: EntitlementRow | undefined,
  now: number,
): EntitlementState {
  const moment = Math.floor(now / 1000) * 1000 - 1000;
  if (action === 'grant') return { start: moment, end: undefined, description: undefined };
  if (before?.end !== null) throw new Error('no active entitlement');
  return { ...toState(before), start: Math.min(before.start, moment), end: moment };
}

function toState({ start, end, description }: EntitlementRow): EntitlementState {
  return { start, end: end ?? undefined, description: description ?? undefined };
}
