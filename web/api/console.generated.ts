/** Generated from the OpenAPI document of /console/api by `npm run generate`. Do not edit. */

export type Session = { readonly name: string; readonly role: "viewer" | "support" | "admin"; readonly allMerchants: boolean; readonly merchants: ReadonlyArray<{ readonly login: string }>; readonly expiresAt: string; readonly server: { readonly version: string; readonly isSimulation: boolean; readonly timeZone: string; readonly now: string } };

export type Error = { readonly statusCode: number; readonly message: string; readonly error: string };

export type SignInWays = { readonly provider: string | null };

export type SearchResult = { readonly found: ReadonlyArray<SearchHit>; readonly isCut: boolean };

export type SearchHit = { readonly kind: "account" | "order" | "autobill" | "call" | "entitlement"; readonly by: ReadonlyArray<"email" | "merchantAccountId" | "VID" | "externalId" | "orderId" | "merchantAutoBillId" | "soapId" | "entitlementId">; readonly name: string; readonly account?: NamedAccount | undefined; readonly giver?: "offer" | "product" | "billing plan" | undefined; readonly text?: string | undefined };

export type NamedAccount = { readonly VID: string; readonly merchantAccountId?: string | undefined; readonly email?: string | undefined; readonly name?: string | undefined };

export type WholeAccount = { readonly VID: string; readonly merchantAccountId?: string | undefined; readonly email?: string | undefined; readonly name?: string | undefined; readonly externalId?: string | undefined; readonly company?: string | undefined; readonly language?: string | undefined; readonly currency?: string | undefined; readonly createdAt: string; readonly parent?: NamedAccount | undefined; readonly hasChildren: boolean; readonly successor?: { readonly VID: string; readonly merchantAccountId?: string | undefined; readonly email?: string | undefined; readonly name?: string | undefined } | undefined; readonly forerunners: ReadonlyArray<NamedAccount>; readonly address?: { readonly name?: string | undefined; readonly addr1?: string | undefined; readonly addr2?: string | undefined; readonly addr3?: string | undefined; readonly city?: string | undefined; readonly district?: string | undefined; readonly postalCode?: string | undefined; readonly country?: string | undefined; readonly phone?: string | undefined } | undefined; readonly nameValues: ReadonlyArray<{ readonly name?: string | undefined; readonly value?: string | undefined }>; readonly erasures: ReadonlyArray<{ readonly at: string; readonly by: string }> };

export type AccountPage = { readonly accounts: ReadonlyArray<NamedAccount>; readonly next_page: string | null };

export type OrderPage = { readonly orders: ReadonlyArray<Order>; readonly next_page: string | null };

export type Order = { readonly orderId: string; readonly email?: string | undefined; readonly userId?: string | undefined; readonly active: boolean; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly changedAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: "subscription_cancelled" | "refunded" | "payment_failed" | "policy_violation" | "other" | undefined }>; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly active: boolean; readonly start: string; readonly end?: string | undefined }> };

export type AutoBillPage = { readonly autoBills: ReadonlyArray<AutoBill>; readonly next_page: string | null };

export type AutoBill = { readonly merchantAutoBillId?: string | undefined; readonly VID: string; readonly userId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly active: boolean; readonly start: string; readonly end?: string | undefined; readonly nextBilling?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly active: boolean; readonly start: string; readonly end?: string | undefined }> };

export type AccessNow = { readonly at: string; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly active: boolean; readonly until?: string | undefined; readonly text: string; readonly moreSources: number; readonly sources: ReadonlyArray<{ readonly source: "Account" | "AutoBill" | "Order"; readonly orderId?: string | undefined; readonly offers?: ReadonlyArray<{ readonly id: string; readonly name: string }> | undefined; readonly autoBill?: string | undefined; readonly product?: string | undefined; readonly billingPlan?: string | undefined; readonly userId: string; readonly standing: "active" | "coming" | "expired" | "taken"; readonly start: string; readonly end?: string | undefined; readonly takenBy?: string | undefined; readonly text: string; readonly moreLines: number; readonly lines: ReadonlyArray<ExplainedLine> }> }>; readonly next_page: string | null; readonly completeSince?: string | undefined };

export type ExplainedLine = { readonly id: string; readonly at: string; readonly actor: string; readonly action: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly requestId?: string | undefined; readonly orderId?: string | undefined; readonly source: string; readonly userId: string; readonly merchantAccountId?: string | undefined; readonly merchantEntitlementId: string; readonly before?: { readonly start: string; readonly end?: string | undefined } | undefined; readonly after: { readonly start: string; readonly end?: string | undefined }; readonly text: string };

export type Timeline = { readonly now: string; readonly rows: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly source: "Account" | "Order" | "AutoBill"; readonly sourceId?: string | undefined; readonly text: string; readonly active: boolean; readonly start: string; readonly end?: string | undefined; readonly bars: ReadonlyArray<{ readonly from: string; readonly to?: string | undefined; readonly line?: string | undefined; readonly endLine?: string | undefined; readonly why?: string | undefined; readonly whyEnd?: string | undefined }> }>; readonly next_page: string | null; readonly completeSince?: string | undefined };

export type LedgerPage = { readonly lines: ReadonlyArray<ExplainedLine>; readonly next_page: string | null };

export type Preview = { readonly text: ReadonlyArray<string>; readonly changes: ReadonlyArray<{ readonly VID: string; readonly merchantAccountId?: string | undefined; readonly merchantEntitlementId: string; readonly source: string; readonly action: string; readonly before?: { readonly start: string; readonly end?: string | undefined } | undefined; readonly after: { readonly start: string; readonly end?: string | undefined }; readonly hadAccess: boolean; readonly hasAccess: boolean; readonly text: string }>; readonly isCut: boolean; readonly later: number };

export type TriedChange = { readonly action: "grant"; readonly merchantAccountId?: string | undefined; readonly VID?: string | undefined; readonly merchantEntitlementId: string; readonly note?: string | undefined; readonly startTimestamp?: string | undefined; readonly endTimestamp?: string | undefined; readonly description?: string | undefined } | { readonly action: "revoke"; readonly merchantAccountId?: string | undefined; readonly VID?: string | undefined; readonly merchantEntitlementId: string; readonly note?: string | undefined; readonly reason?: "subscription_cancelled" | "refunded" | "payment_failed" | "policy_violation" | "other" | undefined } | { readonly action: "extend"; readonly merchantAccountId?: string | undefined; readonly VID?: string | undefined; readonly merchantEntitlementId: string; readonly note?: string | undefined; readonly extensionDate?: string | undefined; readonly interval?: { readonly years?: number | undefined; readonly months?: number | undefined; readonly weeks?: number | undefined; readonly days?: number | undefined } | undefined } | { readonly action: "order.revoke"; readonly orderId: string; readonly reason: "subscription_cancelled" | "refunded" | "payment_failed" | "policy_violation" | "other"; readonly note?: string | undefined } | { readonly action: "order.restore"; readonly orderId: string; readonly note?: string | undefined } | { readonly action: "autobill.stop"; readonly merchantAutoBillId: string; readonly disentitle?: boolean | undefined; readonly force?: boolean | undefined; readonly note?: string | undefined } | { readonly action: "offer.change"; readonly offerId: string; readonly entitlements: ReadonlyArray<string> };

export type LastEvent = { readonly last: number };

export type CallPage = { readonly calls: ReadonlyArray<KeptCall>; readonly next_page: string | null; readonly kept: string; readonly since?: string | undefined };

export type KeptCall = { readonly id: string; readonly at: string; readonly api: "soap" | "rest"; readonly operation: string; readonly version?: string | undefined; readonly login?: string | undefined; readonly key?: string | undefined; readonly address: string; readonly code: string; readonly message?: string | undefined; readonly ms: number; readonly requestBytes?: number | undefined; readonly replyBytes?: number | undefined };

export type WholeKeptCall = { readonly id: string; readonly at: string; readonly api: "soap" | "rest"; readonly operation: string; readonly version?: string | undefined; readonly login?: string | undefined; readonly key?: string | undefined; readonly address: string; readonly code: string; readonly message?: string | undefined; readonly ms: number; readonly requestBytes?: number | undefined; readonly replyBytes?: number | undefined; readonly fields?: { readonly [name: string]: unknown } | undefined; readonly request?: string | undefined; readonly answer?: unknown | undefined; readonly reply?: string | undefined; readonly isCut: boolean; readonly changed: ReadonlyArray<ExplainedLine>; readonly path: string; readonly method: string; readonly contentType?: string | undefined; readonly soapAction?: string | undefined };

export type Overview = { readonly from: string; readonly step: number; readonly points: number; readonly calls: ReadonlyArray<{ readonly code: string; readonly counts: ReadonlyArray<number> }>; readonly active: { readonly now: number; readonly isCut: boolean; readonly counts: ReadonlyArray<number | null> }; readonly changes: ReadonlyArray<{ readonly action: string; readonly reason?: string | undefined; readonly counts: ReadonlyArray<number> }>; readonly changesCut: boolean; readonly inGrace: { readonly autoBills: number; readonly orders: number; readonly isCut: boolean }; readonly endpoints: ReadonlyArray<{ readonly id: string; readonly kind: "webhook" | "push"; readonly url: string; readonly description?: string | undefined; readonly state: "failing" | "disabled"; readonly since: string; readonly reason?: string | undefined; readonly waiting: number }>; readonly databaseBytes: number; readonly walBytes?: number | undefined };

export type Check = { readonly state: "none" | "running" | "done" | "failed"; readonly startedAt?: string | undefined; readonly finishedAt?: string | undefined; readonly progress?: { readonly what: string; readonly done: number; readonly of: number } | undefined; readonly entitlements?: number | undefined; readonly ledgerLines?: number | undefined; readonly findings: ReadonlyArray<{ readonly kind: string; readonly text: string }>; readonly isCut: boolean; readonly message?: string | undefined };

export type ProductPage = { readonly products: ReadonlyArray<Product>; readonly next_page: string | null };

export type Product = { readonly VID: string; readonly id?: string | undefined; readonly status?: "Active" | "Suspended" | undefined; readonly entitlements: ReadonlyArray<{ readonly id: string; readonly description?: string | undefined }>; readonly descriptions: ReadonlyArray<{ readonly language: string; readonly description: string }> };

export type BillingPlanPage = { readonly billingPlans: ReadonlyArray<BillingPlan>; readonly next_page: string | null };

export type BillingPlan = { readonly VID: string; readonly id?: string | undefined; readonly status?: "Active" | "Suspended" | undefined; readonly entitlements: ReadonlyArray<{ readonly id: string; readonly description?: string | undefined }>; readonly description?: string | undefined; readonly periods: ReadonlyArray<{ readonly type: "Day" | "Week" | "Month" | "Year"; readonly quantity: number; readonly cycles: number }> };

export type Touched = { readonly accounts: number; readonly isCut: boolean };

export type Merchants = { readonly merchants: ReadonlyArray<{ readonly login: string; readonly createdAt: string; readonly paymentFailureLimit: number; readonly graceDays: number }> };

export type NewMerchant = { readonly login: string; readonly password?: string | undefined };

export type People = { readonly people: ReadonlyArray<Person> };

export type Person = { readonly name: string; readonly role: "viewer" | "support" | "admin"; readonly allMerchants: boolean; readonly merchants: ReadonlyArray<string>; readonly createdAt: string; readonly createdBy: string; readonly lastSeenAt?: string | undefined; readonly removedAt?: string | undefined; readonly removedBy?: string | undefined };

export type NewPerson = { readonly name: string; readonly role: "viewer" | "support" | "admin"; readonly allMerchants: boolean; readonly merchants: ReadonlyArray<string>; readonly createdAt: string; readonly createdBy: string; readonly lastSeenAt?: string | undefined; readonly removedAt?: string | undefined; readonly removedBy?: string | undefined; readonly password?: string | undefined };

/** Each call by its operationId. */
export interface Calls {
  /** Sign in */
  signIn: {
    params: undefined;
    query: undefined;
    body: { readonly name: string; readonly password: string };
    answer: Session;
  };
  /** Say who has signed in */
  getSession: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Session | undefined;
  };
  /** Sign out: the session ends */
  signOut: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { readonly [name: string]: unknown };
  };
  /** Say how one signs in; for whoever has no session yet */
  getSignInWays: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: SignInWays;
  };
  /** Find accounts, orders, AutoBills, calls and entitlements by the beginning of a name */
  search: {
    params: undefined;
    query: { readonly text: string; readonly limit?: number | undefined };
    body: undefined;
    answer: SearchResult;
  };
  /** Get an account with its family and address */
  getAccount: {
    params: { readonly account: string };
    query: undefined;
    body: undefined;
    answer: WholeAccount;
  };
  /** List the children of an account, in the order in which they were made */
  listChildren: {
    params: { readonly account: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: AccountPage;
  };
  /** List the orders of an account, in the order in which they were made */
  listOrdersOfAccount: {
    params: { readonly account: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: OrderPage;
  };
  /** List the AutoBills of an account, in the order in which they were made */
  listAutoBillsOfAccount: {
    params: { readonly account: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: AutoBillPage;
  };
  /** List what an account may do now, and no longer, with all that gives it */
  listAccess: {
    params: { readonly account: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly active?: "true" | "false" | undefined };
    body: undefined;
    answer: AccessNow;
  };
  /** Say when each source of access of an account gave it, and why */
  getTimeline: {
    params: { readonly account: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly active?: "true" | "false" | undefined; readonly entitlement?: string | undefined };
    body: undefined;
    answer: Timeline;
  };
  /** List what changed access, when and why, the newest first */
  listLedger: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly account?: string | undefined; readonly order?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined };
    body: undefined;
    answer: LedgerPage;
  };
  /** Say what a change would do, and change nothing */
  previewChange: {
    params: undefined;
    query: undefined;
    body: TriedChange;
    answer: Preview;
  };
  /** Say which event was the last */
  getLastEvent: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: LastEvent;
  };
  /** List the last calls, the newest first */
  listCalls: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly soapId?: string | undefined; readonly operation?: string | undefined; readonly code?: string | undefined; readonly login?: string | undefined; readonly address?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined };
    body: undefined;
    answer: CallPage;
  };
  /** Get one of the last calls with request, reply and what it changed */
  getCall: {
    params: { readonly id: string };
    query: undefined;
    body: undefined;
    answer: WholeKeptCall;
  };
  /** Say how it goes: calls, access, changes, payments in grace, endpoints in trouble */
  getOverview: {
    params: undefined;
    query: { readonly span?: "hour" | "day" | "month" | undefined };
    body: undefined;
    answer: Overview;
  };
  /** Say how the check of the database goes, or went */
  getCheck: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Check;
  };
  /** Begin to check the database */
  startCheck: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Check;
  };
  /** List the products, in the order in which they were made */
  listProducts: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: ProductPage;
  };
  /** Make a product */
  addProduct: {
    params: undefined;
    query: undefined;
    body: { readonly id: string; readonly status?: "Active" | "Suspended" | undefined; readonly entitlements?: ReadonlyArray<string> | undefined; readonly descriptions?: ReadonlyArray<{ readonly language: string; readonly description: string }> | undefined };
    answer: Product;
  };
  /** Get a product */
  getProduct: {
    params: { readonly VID: string };
    query: undefined;
    body: undefined;
    answer: Product;
  };
  /** Change a product, and the access that its running AutoBills give */
  changeProduct: {
    params: { readonly VID: string };
    query: undefined;
    body: { readonly id?: string | undefined; readonly status?: "Active" | "Suspended" | undefined; readonly entitlements?: ReadonlyArray<string> | undefined; readonly descriptions?: ReadonlyArray<{ readonly language: string; readonly description: string }> | undefined };
    answer: Product;
  };
  /** List the billing plans, in the order in which they were made */
  listBillingPlans: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: BillingPlanPage;
  };
  /** Make a billing plan */
  addBillingPlan: {
    params: undefined;
    query: undefined;
    body: { readonly id: string; readonly status?: "Active" | "Suspended" | undefined; readonly entitlements?: ReadonlyArray<string> | undefined; readonly description?: string | undefined; readonly periods?: ReadonlyArray<{ readonly type: "Day" | "Week" | "Month" | "Year"; readonly quantity?: number | undefined; readonly cycles?: number | undefined }> | undefined };
    answer: BillingPlan;
  };
  /** Get a billing plan */
  getBillingPlan: {
    params: { readonly VID: string };
    query: undefined;
    body: undefined;
    answer: BillingPlan;
  };
  /** Change a billing plan, and the access that its running AutoBills give */
  changeBillingPlan: {
    params: { readonly VID: string };
    query: undefined;
    body: { readonly id?: string | undefined; readonly status?: "Active" | "Suspended" | undefined; readonly entitlements?: ReadonlyArray<string> | undefined; readonly description?: string | undefined; readonly periods?: ReadonlyArray<{ readonly type: "Day" | "Week" | "Month" | "Year"; readonly quantity?: number | undefined; readonly cycles?: number | undefined }> | undefined };
    answer: BillingPlan;
  };
  /** Say how many accounts a change of a product, billing plan or offer touches */
  countTouched: {
    params: undefined;
    query: { readonly product?: string | undefined; readonly billingPlan?: string | undefined; readonly offer?: string | undefined };
    body: undefined;
    answer: Touched;
  };
  /** List the merchants that you see, by login */
  listMerchants: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Merchants;
  };
  /** Make a merchant */
  addMerchant: {
    params: undefined;
    query: undefined;
    body: { readonly login: string; readonly password?: string | undefined };
    answer: NewMerchant;
  };
  /** List the people who may sign in, removed ones too, by name */
  listPeople: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: People;
  };
  /** Have somebody sign in */
  addPerson: {
    params: undefined;
    query: undefined;
    body: { readonly name: string; readonly role: "viewer" | "support" | "admin"; readonly merchants?: ReadonlyArray<string> | undefined; readonly password?: string | undefined };
    answer: NewPerson;
  };
  /** Change what somebody may do, or the password */
  changePerson: {
    params: { readonly name: string };
    query: undefined;
    body: { readonly role?: "viewer" | "support" | "admin" | undefined; readonly merchants?: ReadonlyArray<string> | null | undefined; readonly password?: string | undefined };
    answer: Person;
  };
  /** Have somebody sign in no more, at once */
  removePerson: {
    params: { readonly name: string };
    query: undefined;
    body: undefined;
    answer: Person;
  };
}

/** The method and the path of each. */
export const PATHS = {
  signIn: 'POST /console/api/session',
  getSession: 'GET /console/api/session',
  signOut: 'DELETE /console/api/session',
  getSignInWays: 'GET /console/api/session/ways',
  search: 'GET /console/api/search',
  getAccount: 'GET /console/api/accounts/{account}',
  listChildren: 'GET /console/api/accounts/{account}/children',
  listOrdersOfAccount: 'GET /console/api/accounts/{account}/orders',
  listAutoBillsOfAccount: 'GET /console/api/accounts/{account}/auto-bills',
  listAccess: 'GET /console/api/accounts/{account}/access',
  getTimeline: 'GET /console/api/accounts/{account}/timeline',
  listLedger: 'GET /console/api/ledger',
  previewChange: 'POST /console/api/preview',
  getLastEvent: 'GET /console/api/events/last',
  listCalls: 'GET /console/api/calls',
  getCall: 'GET /console/api/calls/{id}',
  getOverview: 'GET /console/api/overview',
  getCheck: 'GET /console/api/check',
  startCheck: 'POST /console/api/check',
  listProducts: 'GET /console/api/products',
  addProduct: 'POST /console/api/products',
  getProduct: 'GET /console/api/products/{VID}',
  changeProduct: 'PATCH /console/api/products/{VID}',
  listBillingPlans: 'GET /console/api/billing-plans',
  addBillingPlan: 'POST /console/api/billing-plans',
  getBillingPlan: 'GET /console/api/billing-plans/{VID}',
  changeBillingPlan: 'PATCH /console/api/billing-plans/{VID}',
  countTouched: 'GET /console/api/touched',
  listMerchants: 'GET /console/api/merchants',
  addMerchant: 'POST /console/api/merchants',
  listPeople: 'GET /console/api/people',
  addPerson: 'POST /console/api/people',
  changePerson: 'PATCH /console/api/people/{name}',
  removePerson: 'DELETE /console/api/people/{name}',
} as const;
