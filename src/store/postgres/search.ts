/** Names that begin with a text, in PostgreSQL: each look-up is a range of an index. */
import type { StoredAccount } from '../accounts';
import { ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { AFTER_ALL, type Searched, type SearchHit, type SearchReads } from '../search';
import type { Prepare, Query } from './query';

type AccountHit = StoredAccount & { readonly hit: string };

interface GiverHit {
  readonly hit: string;
  readonly giver: string;
}

/** Every look-up, prepared once. */
export interface SearchStatements {
  readonly accounts: ReadonlyMap<Searched, Query<AccountHit>>;
  readonly givers: ReadonlyMap<Searched, Query<GiverHit>>;
}

const ACCOUNT = selectList(ACCOUNT_ROW, 'account.');

/** The account that a row means: one that was merged into another is found as that one. */
const MEANT = `JOIN account ON account.merchant_id = :merchant
  AND account.id = coalesce(found.merged_into, found.id)`;

/** Accounts by a column of theirs. @param indexed the column as its index has it @param limits those of the range */
function accountsBy(
  column: string,
  indexed = column,
  [start, end] = [':start::text', ':end::text'],
): string {
  return `SELECT found.hit, ${ACCOUNT} FROM
      (SELECT ${column} AS hit, ${indexed} AS place, id, merged_into FROM account
       WHERE merchant_id = :merchant AND ${indexed} >= ${start} COLLATE "C"
         AND ${indexed} < ${end} COLLATE "C" ORDER BY ${indexed} LIMIT :limit) AS found
    ${MEANT} ORDER BY found.place`;
}

/** Accounts by the id of something that they have. */
function accountsOf(table: string, column: string): string {
  return `SELECT owned.${column} AS hit, ${ACCOUNT} FROM ${table} AS owned
    JOIN account ON account.merchant_id = owned.merchant_id AND account.id = owned.account_id
    WHERE owned.merchant_id = :merchant AND owned.${column} >= :start AND owned.${column} < :end
    ORDER BY owned.${column} LIMIT :limit`;
}

/** Entitlement ids by what of the catalogue gives them. */
function givenBy(table: string, item: string): string {
  return `SELECT given.merchant_entitlement_id AS hit,
      coalesce(${item}.merchant_item_id, ${item}.vid) AS giver
    FROM ${table} AS given
    JOIN ${item} ON ${item}.merchant_id = given.merchant_id AND ${item}.id = given.offer_id
    WHERE given.merchant_id = :merchant AND given.merchant_entitlement_id >= :start
      AND given.merchant_entitlement_id < :end
    ORDER BY given.merchant_entitlement_id LIMIT :limit`;
}

const GIVEN_BY_OFFERS = `SELECT given.merchant_entitlement_id AS hit, offer.offer_id AS giver
  FROM offer JOIN offer_entitlement AS given
    ON given.merchant_id = offer.merchant_id AND given.offer = offer.id
  WHERE offer.merchant_id = :merchant AND given.merchant_entitlement_id >= :start
    AND given.merchant_entitlement_id < :end
  ORDER BY offer.id LIMIT :limit`;

const LOWER = 'left(lower(email_address), 255)';
const IN_ANY_CASE: [string, string] = [
  'lower(:start::text COLLATE "C")',
  'lower(:end::text COLLATE "C")',
];

/** Prepares them. */
export function prepareSearch(prepare: Prepare): SearchStatements {
  return {
    accounts: new Map<Searched, Query<AccountHit>>([
      ['email', prepare(accountsBy('email_address', LOWER, IN_ANY_CASE))],
      ['merchantAccountId', prepare(accountsBy('merchant_account_id'))],
      ['externalId', prepare(accountsBy('external_id'))],
      ['VID', prepare(accountsBy('vid'))],
      ['orderId', prepare(accountsOf('customer_order', 'order_id'))],
      ['merchantAutoBillId', prepare(accountsOf('auto_bill', 'merchant_auto_bill_id'))],
      ['autoBillVID', prepare(accountsOf('auto_bill', 'vid'))],
    ]),
    givers: new Map<Searched, Query<GiverHit>>([
      ['offerEntitlement', prepare(GIVEN_BY_OFFERS)],
      ['productEntitlement', prepare(givenBy('product_entitlement', 'product'))],
      ['billingPlanEntitlement', prepare(givenBy('billing_plan_entitlement', 'billing_plan'))],
    ]),
  };
}

/** One merchant's names. */
export class PostgresSearch implements SearchReads {
  constructor(
    private readonly statements: SearchStatements,
    private readonly merchantId: number,
  ) {}

  async find(by: Searched, start: string, limit: number): Promise<SearchHit[]> {
    const values = { merchant: this.merchantId, start, end: start + AFTER_ALL, limit };
    const accounts = await this.statements.accounts.get(by)?.all(values);
    if (accounts) {
      return accounts.map(({ hit, ...account }) => ({ name: hit, account, giver: undefined }));
    }
    const givers = (await this.statements.givers.get(by)?.all(values)) ?? [];
    return givers.map(({ hit, giver }) => ({ name: hit, account: undefined, giver }));
  }
}
