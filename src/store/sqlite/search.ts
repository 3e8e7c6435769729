/** Names that begin with a text, in SQLite: each look-up is a range of an index. */
import type { StoredAccount } from '../accounts';
import { AFTER_ALL, type Searched, type SearchHit, type SearchReads } from '../search';
import { ACCOUNT_BOOLEANS, ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import type { Prepare, Query } from './query';

/** The rows of all merchants that a look-up of VIDs reads. */
const READ = 500;

type AccountHit = StoredAccount & { readonly hit: string };

interface GiverHit {
  readonly hit: string;
  readonly giver: string;
}

/** Every look-up of a connection, prepared once. */
export interface SearchStatements {
  readonly accounts: ReadonlyMap<Searched, Query<AccountHit>>;
  readonly givers: ReadonlyMap<Searched, Query<GiverHit>>;
}

const ACCOUNT = selectList(ACCOUNT_ROW, 'account.');

/** The account that a row means: one that was merged into another is found as that one. */
const MEANT = 'CROSS JOIN account ON account.id = coalesce(found.merged_into, found.id)';

/** Accounts by a column of theirs. @param collation in which the index has it */
function accountsBy(column: string, collation = ''): string {
  const named = `found.${column}${collation}`;
  return `SELECT found.${column} AS hit, ${ACCOUNT} FROM account AS found ${MEANT}
    WHERE found.merchant_id = :merchant AND ${named} >= :start AND ${named} < :end
    ORDER BY ${named} LIMIT :limit`;
}

/** Accounts by the id of something that they have. */
function accountsOf(table: string, column: string): string {
  return `SELECT owned.${column} AS hit, ${ACCOUNT} FROM ${table} AS owned
    CROSS JOIN account ON account.id = owned.account_id
    WHERE owned.merchant_id = :merchant AND owned.${column} >= :start AND owned.${column} < :end
    ORDER BY owned.${column} LIMIT :limit`;
}

/** VIDs are unique among all merchants' rows, and kept in the order of those. @param account the row's account */
function accountsByVid(table: string, account: string): string {
  return `SELECT found.vid AS hit, ${ACCOUNT} FROM
    (SELECT ${account} AS account_id, vid, merchant_id FROM ${table}
     WHERE vid >= :start AND vid < :end ORDER BY vid LIMIT ${READ}) AS found
    CROSS JOIN account ON account.id = found.account_id
    WHERE found.merchant_id = :merchant LIMIT :limit`;
}

/** Entitlement ids by what of the catalogue gives them. */
function givenBy(table: string, item: string): string {
  return `SELECT merchant_entitlement_id AS hit,
      coalesce(${item}.merchant_item_id, ${item}.vid) AS giver
    FROM ${table} AS given CROSS JOIN ${item} ON ${item}.id = given.offer_id
    WHERE given.merchant_id = :merchant
      AND merchant_entitlement_id >= :start AND merchant_entitlement_id < :end
    ORDER BY merchant_entitlement_id LIMIT :limit`;
}

/** The same by offers, one after another: they are few. */
const GIVEN_BY_OFFERS = `SELECT merchant_entitlement_id AS hit, offer.offer_id AS giver
  FROM offer CROSS JOIN offer_entitlement AS given ON given.offer = offer.id
  WHERE offer.merchant_id = :merchant
    AND merchant_entitlement_id >= :start AND merchant_entitlement_id < :end
  ORDER BY offer.position LIMIT :limit`;

/** Prepares them. */
export function prepareSearch(prepare: Prepare): SearchStatements {
  const accounts = (sql: string) => prepare<AccountHit>(sql, ACCOUNT_BOOLEANS);
  return {
    accounts: new Map<Searched, Query<AccountHit>>([
      ['email', accounts(accountsBy('email_address', ' COLLATE NOCASE'))],
      ['merchantAccountId', accounts(accountsBy('merchant_account_id'))],
      ['externalId', accounts(accountsBy('external_id'))],
      ['VID', accounts(accountsByVid('account', 'coalesce(merged_into, id)'))],
      ['orderId', accounts(accountsOf('customer_order', 'order_id'))],
      ['merchantAutoBillId', accounts(accountsOf('auto_bill', 'merchant_auto_bill_id'))],
      ['autoBillVID', accounts(accountsByVid('auto_bill', 'account_id'))],
    ]),
    givers: new Map<Searched, Query<GiverHit>>([
      ['offerEntitlement', prepare<GiverHit>(GIVEN_BY_OFFERS)],
      ['productEntitlement', prepare<GiverHit>(givenBy('product_entitlement', 'product'))],
      [
        'billingPlanEntitlement',
        prepare<GiverHit>(givenBy('billing_plan_entitlement', 'billing_plan')),
      ],
    ]),
  };
}

/** One merchant's names on any connection. */
export class SqliteSearch implements SearchReads {
  constructor(
    private readonly statements: SearchStatements,
    private readonly merchantId: number,
  ) {}

  find(by: Searched, start: string, limit: number): SearchHit[] {
    const values = { merchant: this.merchantId, start, end: start + AFTER_ALL, limit };
    const accounts = this.statements.accounts.get(by);
    if (accounts) {
      return accounts.all(values).map(({ hit, ...account }) => {
        return { name: hit, account: account, giver: undefined };
      });
    }
    const givers = this.statements.givers.get(by)?.all(values) ?? [];
    return givers.map(({ hit, giver }) => ({ name: hit, account: undefined, giver }));
  }
}
