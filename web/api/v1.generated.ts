/** Generated from the OpenAPI document of /v1 by `npm run generate`. Do not edit. */

export type KeyOwner = { readonly merchant: string; readonly name: string };

export type Error = { readonly statusCode: number; readonly message: string; readonly error: string };

export type KeyPage = { readonly keys: ReadonlyArray<Key>; readonly next_page: string | null };

export type Key = { readonly name: string; readonly scope: "read" | "write" | "admin"; readonly createdAt: string; readonly createdBy?: string | undefined; readonly lastUsedAt?: string | undefined; readonly revokedAt?: string | undefined; readonly revokedBy?: string | undefined };

export type NewKey = { readonly name: string; readonly scope: "read" | "write" | "admin"; readonly createdAt: string; readonly key?: string | undefined };

export type OrderPage = { readonly orders: ReadonlyArray<Order>; readonly next_page: string | null };

export type Order = { readonly orderId: string; readonly email?: string | undefined; readonly userId?: string | undefined; readonly active: boolean; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly changedAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: "subscription_cancelled" | "refunded" | "payment_failed" | "policy_violation" | "other" | undefined }>; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly active: boolean; readonly start: string; readonly end?: string | undefined }> };

export type HistoryPage = { readonly history: ReadonlyArray<{ readonly id: string; readonly at: string; readonly action: string; readonly merchantEntitlementId: string; readonly userId: string; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly requestId?: string | undefined; readonly before?: { readonly start: string; readonly end?: string | undefined } | undefined; readonly after: { readonly start: string; readonly end?: string | undefined } }>; readonly next_page: string | null };

export type OfferState = { readonly email: string; readonly offerId: string; readonly active: boolean; readonly orders: ReadonlyArray<Order> };

export type User = { readonly id: string; readonly email: string; readonly firstname?: string | undefined; readonly name?: string | undefined; readonly active: boolean; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly active: boolean }> };

export type UserPage = { readonly users: ReadonlyArray<User>; readonly next_page: string | null };

export type DeletedUsers = { readonly deleted: ReadonlyArray<string> };

export type Offer = { readonly id: string; readonly name: string };

export type WholeOffer = { readonly id: string; readonly name: string; readonly entitlements: ReadonlyArray<string>; readonly createdAt: string };

export type Merchant = { readonly login: string; readonly paymentFailureLimit: number; readonly graceDays: number };

export type AccountEntitlements = { readonly VID: string; readonly merchantAccountId?: string | undefined; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly description?: string | undefined; readonly startTimestamp: string; readonly endTimestamp?: string | undefined; readonly active: boolean; readonly source: string; readonly orderId?: string | undefined; readonly autoBillVID?: string | undefined; readonly productVID?: string | undefined }> };

export type EntitlementChangeResult = { readonly line: number; readonly status: number; readonly error?: string | undefined; readonly message?: string | undefined; readonly VID?: string | undefined; readonly merchantAccountId?: string | undefined; readonly merchantEntitlementId?: string | undefined; readonly startTimestamp?: string | undefined; readonly endTimestamp?: string | undefined; readonly active?: boolean | undefined };

export type EntitlementChange = { readonly action: "grant"; readonly merchantAccountId?: string | undefined; readonly VID?: string | undefined; readonly merchantEntitlementId: string; readonly note?: string | undefined; readonly startTimestamp?: string | undefined; readonly endTimestamp?: string | undefined; readonly description?: string | undefined } | { readonly action: "revoke"; readonly merchantAccountId?: string | undefined; readonly VID?: string | undefined; readonly merchantEntitlementId: string; readonly note?: string | undefined; readonly reason?: "subscription_cancelled" | "refunded" | "payment_failed" | "policy_violation" | "other" | undefined } | { readonly action: "extend"; readonly merchantAccountId?: string | undefined; readonly VID?: string | undefined; readonly merchantEntitlementId: string; readonly note?: string | undefined; readonly extensionDate?: string | undefined; readonly interval?: { readonly years?: number | undefined; readonly months?: number | undefined; readonly weeks?: number | undefined; readonly days?: number | undefined } | undefined };

export type AutoBill = { readonly merchantAutoBillId?: string | undefined; readonly VID: string; readonly userId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly active: boolean; readonly start: string; readonly end?: string | undefined; readonly nextBilling?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly active: boolean; readonly start: string; readonly end?: string | undefined }> };

export type ErasedAccount = { readonly VID: string; readonly merchantAccountId?: string | undefined; readonly idReplaced: boolean; readonly relatedAccounts: ReadonlyArray<string>; readonly erasures: ReadonlyArray<Erasure> };

export type Erasure = { readonly at: string; readonly by: string; readonly callId?: string | undefined; readonly revoked: boolean; readonly finishedAt?: string | undefined };

export type Work = { readonly kind: string; readonly name: string; readonly actor: string; readonly callId?: string | undefined; readonly begun: string; readonly done: number; readonly total: number };

export type AuditPage = { readonly lines: ReadonlyArray<AuditLine>; readonly next_page: string | null };

export type AuditLine = { readonly id: string; readonly at: string; readonly actor: string; readonly action: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly requestId?: string | undefined; readonly orderId?: string | undefined; readonly source: string; readonly userId: string; readonly merchantAccountId?: string | undefined; readonly merchantEntitlementId: string; readonly before?: { readonly start: string; readonly end?: string | undefined } | undefined; readonly after: { readonly start: string; readonly end?: string | undefined } };

export type Access = { readonly at: string; readonly text: string; readonly accounts: ReadonlyArray<{ readonly userId: string; readonly merchantAccountId?: string | undefined; readonly email?: string | undefined; readonly transferredTo?: string | undefined; readonly text: string; readonly isCut: boolean; readonly entitlements: ReadonlyArray<{ readonly merchantEntitlementId: string; readonly active: boolean; readonly until?: string | undefined; readonly text: string; readonly moreSources: number; readonly sources: ReadonlyArray<{ readonly source: "Account" | "AutoBill" | "Order"; readonly orderId?: string | undefined; readonly offers?: ReadonlyArray<{ readonly id: string; readonly name: string }> | undefined; readonly autoBill?: string | undefined; readonly product?: string | undefined; readonly billingPlan?: string | undefined; readonly userId: string; readonly standing: "active" | "coming" | "expired" | "taken"; readonly start: string; readonly end?: string | undefined; readonly takenBy?: string | undefined; readonly text: string; readonly moreLines: number; readonly lines: ReadonlyArray<ExplainedLine> }> }> }> };

export type ExplainedLine = { readonly id: string; readonly at: string; readonly actor: string; readonly action: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly requestId?: string | undefined; readonly orderId?: string | undefined; readonly source: string; readonly userId: string; readonly merchantAccountId?: string | undefined; readonly merchantEntitlementId: string; readonly before?: { readonly start: string; readonly end?: string | undefined } | undefined; readonly after: { readonly start: string; readonly end?: string | undefined }; readonly text: string };

export type FoundByName = { readonly text: string; readonly found: ReadonlyArray<{ readonly kind: "call" | "order" | "autobill" | "account" | "entitlement"; readonly text: string; readonly userId?: string | undefined; readonly merchantAccountId?: string | undefined; readonly isCut: boolean; readonly lines: ReadonlyArray<ExplainedLine> }> };

export type EventsPage = { readonly events: ReadonlyArray<FeedEvent>; readonly last: number; readonly more: boolean };

export type FeedEvent = EntitlementGrantedEvent | EntitlementExtendedEvent | EntitlementRevokedEvent | EntitlementStartedEvent | EntitlementExpiredEvent | EntitlementChangedEvent | OrderGrantedEvent | OrderRevokedEvent | OrderRestoredEvent | OrderRemovedEvent | OrderPaymentFailedEvent | OrderPaymentSucceededEvent | AutobillStartedEvent | AutobillModifiedEvent | AutobillCanceledEvent | AutobillEndedEvent | AutobillPaymentFailedEvent | AutobillPaymentSucceededEvent | AccountCreatedEvent | AccountUpdatedEvent | AccountMergedEvent | EndpointDisabledEvent | EndpointEnabledEvent;

export type EntitlementGrantedEvent = { readonly id: string; readonly sequence: number; readonly type: "entitlement.granted"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly entitlement: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly merchantEntitlementId: string; readonly active: boolean }; readonly before?: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly active: boolean } | undefined; readonly source: EventSource; readonly action: string; readonly ledgerId: string } };

export type EventAccount = { readonly VID: string; readonly merchantAccountId?: string | undefined };

export type EventSource = { readonly type: "Account" | "AutoBill" | "Order"; readonly orderId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly id?: string | undefined } | undefined; readonly billingPlan?: { readonly VID: string; readonly id?: string | undefined } | undefined; readonly item?: { readonly VID: string; readonly id?: string | undefined } | undefined; readonly product?: { readonly VID: string; readonly id?: string | undefined } | undefined };

export type EntitlementExtendedEvent = { readonly id: string; readonly sequence: number; readonly type: "entitlement.extended"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly entitlement: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly merchantEntitlementId: string; readonly active: boolean }; readonly before?: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly active: boolean } | undefined; readonly source: EventSource; readonly action: string; readonly ledgerId: string } };

export type EntitlementRevokedEvent = { readonly id: string; readonly sequence: number; readonly type: "entitlement.revoked"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly entitlement: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly merchantEntitlementId: string; readonly active: boolean }; readonly before?: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly active: boolean } | undefined; readonly source: EventSource; readonly action: string; readonly ledgerId: string } };

export type EntitlementStartedEvent = { readonly id: string; readonly sequence: number; readonly type: "entitlement.started"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly entitlement: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly merchantEntitlementId: string; readonly active: boolean }; readonly before?: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly active: boolean } | undefined; readonly source: EventSource; readonly action: string; readonly ledgerId: string } };

export type EntitlementExpiredEvent = { readonly id: string; readonly sequence: number; readonly type: "entitlement.expired"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly entitlement: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly merchantEntitlementId: string; readonly active: boolean }; readonly before?: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly active: boolean } | undefined; readonly source: EventSource; readonly action: string; readonly ledgerId: string } };

export type EntitlementChangedEvent = { readonly id: string; readonly sequence: number; readonly type: "entitlement.changed"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly entitlement: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly merchantEntitlementId: string; readonly active: boolean }; readonly before?: { readonly start: string; readonly end?: string | undefined; readonly description?: string | undefined; readonly active: boolean } | undefined; readonly source: EventSource; readonly action: string; readonly ledgerId: string } };

export type OrderGrantedEvent = { readonly id: string; readonly sequence: number; readonly type: "order.granted"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly order?: { readonly orderId: string; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: string | undefined }> } | undefined } };

export type OrderRevokedEvent = { readonly id: string; readonly sequence: number; readonly type: "order.revoked"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly order?: { readonly orderId: string; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: string | undefined }> } | undefined } };

export type OrderRestoredEvent = { readonly id: string; readonly sequence: number; readonly type: "order.restored"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly order?: { readonly orderId: string; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: string | undefined }> } | undefined } };

export type OrderRemovedEvent = { readonly id: string; readonly sequence: number; readonly type: "order.removed"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly order?: { readonly orderId: string; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: string | undefined }> } | undefined } };

export type OrderPaymentFailedEvent = { readonly id: string; readonly sequence: number; readonly type: "order.payment_failed"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly order?: { readonly orderId: string; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: string | undefined }> } | undefined } };

export type OrderPaymentSucceededEvent = { readonly id: string; readonly sequence: number; readonly type: "order.payment_succeeded"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly order?: { readonly orderId: string; readonly state: "active" | "revoked" | "removed"; readonly failedPayments: number; readonly createdAt: string; readonly offers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly state: "active" | "revoked" | "removed"; readonly reason?: string | undefined }> } | undefined } };

export type AutobillStartedEvent = { readonly id: string; readonly sequence: number; readonly type: "autobill.started"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly stood?: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired" | undefined; readonly start: string; readonly end?: string | undefined; readonly cancelledAt?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly failedAt?: string | undefined; readonly billingDay: number; readonly billingPlan: { readonly VID: string; readonly id?: string | undefined }; readonly items: ReadonlyArray<{ readonly VID: string; readonly id?: string | undefined; readonly product: { readonly VID: string; readonly id?: string | undefined }; readonly from: string; readonly until?: string | undefined }> } | undefined } };

export type AutobillModifiedEvent = { readonly id: string; readonly sequence: number; readonly type: "autobill.modified"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly stood?: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired" | undefined; readonly start: string; readonly end?: string | undefined; readonly cancelledAt?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly failedAt?: string | undefined; readonly billingDay: number; readonly billingPlan: { readonly VID: string; readonly id?: string | undefined }; readonly items: ReadonlyArray<{ readonly VID: string; readonly id?: string | undefined; readonly product: { readonly VID: string; readonly id?: string | undefined }; readonly from: string; readonly until?: string | undefined }> } | undefined } };

export type AutobillCanceledEvent = { readonly id: string; readonly sequence: number; readonly type: "autobill.canceled"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly stood?: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired" | undefined; readonly start: string; readonly end?: string | undefined; readonly cancelledAt?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly failedAt?: string | undefined; readonly billingDay: number; readonly billingPlan: { readonly VID: string; readonly id?: string | undefined }; readonly items: ReadonlyArray<{ readonly VID: string; readonly id?: string | undefined; readonly product: { readonly VID: string; readonly id?: string | undefined }; readonly from: string; readonly until?: string | undefined }> } | undefined } };

export type AutobillEndedEvent = { readonly id: string; readonly sequence: number; readonly type: "autobill.ended"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly stood?: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired" | undefined; readonly start: string; readonly end?: string | undefined; readonly cancelledAt?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly failedAt?: string | undefined; readonly billingDay: number; readonly billingPlan: { readonly VID: string; readonly id?: string | undefined }; readonly items: ReadonlyArray<{ readonly VID: string; readonly id?: string | undefined; readonly product: { readonly VID: string; readonly id?: string | undefined }; readonly from: string; readonly until?: string | undefined }> } | undefined } };

export type AutobillPaymentFailedEvent = { readonly id: string; readonly sequence: number; readonly type: "autobill.payment_failed"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly stood?: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired" | undefined; readonly start: string; readonly end?: string | undefined; readonly cancelledAt?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly failedAt?: string | undefined; readonly billingDay: number; readonly billingPlan: { readonly VID: string; readonly id?: string | undefined }; readonly items: ReadonlyArray<{ readonly VID: string; readonly id?: string | undefined; readonly product: { readonly VID: string; readonly id?: string | undefined }; readonly from: string; readonly until?: string | undefined }> } | undefined } };

export type AutobillPaymentSucceededEvent = { readonly id: string; readonly sequence: number; readonly type: "autobill.payment_succeeded"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string | undefined; readonly standing: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired"; readonly stood?: "pending" | "active" | "retrying" | "cancelling" | "cancelled" | "failed" | "expired" | undefined; readonly start: string; readonly end?: string | undefined; readonly cancelledAt?: string | undefined; readonly retrySince?: string | undefined; readonly graceUntil?: string | undefined; readonly failedAt?: string | undefined; readonly billingDay: number; readonly billingPlan: { readonly VID: string; readonly id?: string | undefined }; readonly items: ReadonlyArray<{ readonly VID: string; readonly id?: string | undefined; readonly product: { readonly VID: string; readonly id?: string | undefined }; readonly from: string; readonly until?: string | undefined }> } | undefined } };

export type AccountCreatedEvent = { readonly id: string; readonly sequence: number; readonly type: "account.created"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly state?: { readonly [name: string]: unknown } | undefined; readonly parentMerchantAccountId?: string | undefined; readonly changed?: ReadonlyArray<string> | undefined; readonly oldEmailAddress?: string | undefined; readonly from?: { readonly VID: string; readonly merchantAccountId?: string | undefined } | undefined } };

export type AccountUpdatedEvent = { readonly id: string; readonly sequence: number; readonly type: "account.updated"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly state?: { readonly [name: string]: unknown } | undefined; readonly parentMerchantAccountId?: string | undefined; readonly changed?: ReadonlyArray<string> | undefined; readonly oldEmailAddress?: string | undefined; readonly from?: { readonly VID: string; readonly merchantAccountId?: string | undefined } | undefined } };

export type AccountMergedEvent = { readonly id: string; readonly sequence: number; readonly type: "account.merged"; readonly timestamp: string; readonly data: { readonly account: EventAccount; readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly state?: { readonly [name: string]: unknown } | undefined; readonly parentMerchantAccountId?: string | undefined; readonly changed?: ReadonlyArray<string> | undefined; readonly oldEmailAddress?: string | undefined; readonly from?: { readonly VID: string; readonly merchantAccountId?: string | undefined } | undefined } };

export type EndpointDisabledEvent = { readonly id: string; readonly sequence: number; readonly type: "endpoint.disabled"; readonly timestamp: string; readonly data: { readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly endpoint: { readonly id: string; readonly kind: "webhook" | "push"; readonly description?: string | undefined; readonly failingSince?: string | undefined; readonly disabledReason?: string | undefined } } };

export type EndpointEnabledEvent = { readonly id: string; readonly sequence: number; readonly type: "endpoint.enabled"; readonly timestamp: string; readonly data: { readonly actor: string; readonly reason?: string | undefined; readonly note?: string | undefined; readonly soapId?: string | undefined; readonly endpoint: { readonly id: string; readonly kind: "webhook" | "push"; readonly description?: string | undefined; readonly failingSince?: string | undefined; readonly disabledReason?: string | undefined } } };

export type Webhooks = { readonly webhooks: ReadonlyArray<Webhook> };

export type Webhook = { readonly id: string; readonly url: string; readonly types?: ReadonlyArray<string> | undefined; readonly description?: string | undefined; readonly state: "enabled" | "failing" | "disabled"; readonly createdAt: string; readonly createdBy: string; readonly last: number; readonly waiting: number; readonly failingSince?: string | undefined; readonly pausedUntil?: string | undefined; readonly disabledAt?: string | undefined; readonly disabledReason?: string | undefined };

export type NewWebhook = { readonly id: string; readonly url: string; readonly types?: ReadonlyArray<string> | undefined; readonly description?: string | undefined; readonly state: "enabled" | "failing" | "disabled"; readonly createdAt: string; readonly createdBy: string; readonly last: number; readonly waiting: number; readonly failingSince?: string | undefined; readonly pausedUntil?: string | undefined; readonly disabledAt?: string | undefined; readonly disabledReason?: string | undefined; readonly secret?: string | undefined };

export type RotatedWebhook = { readonly id: string; readonly secret?: string | undefined; readonly formerSecretUntil: string };

export type WebhookMessage = { readonly id: string; readonly messageId: string; readonly type: string; readonly sequence?: number | undefined; readonly status: "waiting" | "delivered" | "failed"; readonly attempts: number; readonly createdAt: string; readonly nextAttemptAt?: string | undefined; readonly endedAt?: string | undefined };

export type WebhookMessagePage = { readonly deliveries: ReadonlyArray<WebhookMessage>; readonly next_page: string | null };

export type WholeWebhookMessage = { readonly id: string; readonly messageId: string; readonly type: string; readonly sequence?: number | undefined; readonly status: "waiting" | "delivered" | "failed"; readonly attempts: number; readonly createdAt: string; readonly nextAttemptAt?: string | undefined; readonly endedAt?: string | undefined; readonly log: ReadonlyArray<{ readonly number: number; readonly at: string; readonly milliseconds: number; readonly status?: number | undefined; readonly failure?: string | undefined; readonly answer?: string | undefined }> };

export type PushSubscriptions = { readonly subscriptions: ReadonlyArray<PushSubscription> };

export type PushSubscription = { readonly id: string; readonly class: "entitlement" | "autobills" | "accounts"; readonly url: string; readonly format: "json" | "form"; readonly skip: ReadonlyArray<string>; readonly coalesce: boolean; readonly retries: number; readonly interval: number; readonly basicUser?: string | undefined; readonly email?: string | undefined; readonly createdAt: string; readonly createdBy: string; readonly failingSince?: string | undefined };

export type NewPushSubscription = { readonly id: string; readonly class: "entitlement" | "autobills" | "accounts"; readonly url: string; readonly format: "json" | "form"; readonly skip: ReadonlyArray<string>; readonly coalesce: boolean; readonly retries: number; readonly interval: number; readonly basicUser?: string | undefined; readonly email?: string | undefined; readonly createdAt: string; readonly createdBy: string; readonly failingSince?: string | undefined; readonly key?: string | undefined };

export type PushMessage = { readonly id: string; readonly messageId: string; readonly event: string; readonly state: "waiting" | "delivered" | "failed"; readonly attempts: number; readonly madeAt: string; readonly endedAt?: string | undefined };

export type PushMessagePage = { readonly messages: ReadonlyArray<PushMessage>; readonly next_page: string | null };

/** Each call by its operationId. */
export interface Calls {
  /** Say whose API key this is */
  getKeyOwner: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: KeyOwner;
  };
  /** List the API keys, revoked ones too, by name */
  listKeys: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: KeyPage;
  };
  /** Make an API key */
  addKey: {
    params: undefined;
    query: undefined;
    body: { readonly name: string; readonly scope?: "read" | "write" | "admin" | undefined };
    answer: NewKey;
  };
  /** End an API key, at once */
  revokeKey: {
    params: { readonly name: string };
    query: undefined;
    body: undefined;
    answer: Key;
  };
  /** List orders, page by page */
  listOrders: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly email?: string | undefined; readonly state?: "active" | "revoked" | "removed" | undefined };
    body: undefined;
    answer: OrderPage;
  };
  /** Get an order */
  getOrder: {
    params: { readonly orderId: string };
    query: undefined;
    body: undefined;
    answer: Order;
  };
  /** List what happened to an order's access, oldest first */
  listOrderHistory: {
    params: { readonly orderId: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: HistoryPage;
  };
  /** Revoke the access that an order gives */
  revokeOrder: {
    params: { readonly orderId: string };
    query: undefined;
    body: { readonly reason: "subscription_cancelled" | "refunded" | "payment_failed" | "policy_violation" | "other"; readonly note?: string | undefined };
    answer: Order;
  };
  /** Restore the access that an order gave */
  restoreOrder: {
    params: { readonly orderId: string };
    query: undefined;
    body: { readonly note?: string | undefined } | undefined;
    answer: Order;
  };
  /** Count a payment that failed */
  reportOrderPaymentFailed: {
    params: { readonly orderId: string };
    query: undefined;
    body: { readonly note?: string | undefined } | undefined;
    answer: Order;
  };
  /** Count failed payments from 0 again */
  reportOrderPaymentSucceeded: {
    params: { readonly orderId: string };
    query: undefined;
    body: { readonly note?: string | undefined } | undefined;
    answer: Order;
  };
  /** Grant a user the access of an offer */
  grantOffer: {
    params: undefined;
    query: undefined;
    body: { readonly email: string; readonly firstname?: string | undefined; readonly name?: string | undefined; readonly grantOffer: string; readonly orderId?: string | undefined };
    answer: Order;
  };
  /** Revoke, restore or remove the access of a user's order */
  setOrderState: {
    params: undefined;
    query: undefined;
    body: { readonly email: string; readonly orderId: string; readonly active?: boolean | undefined };
    answer: Order;
  };
  /** Revoke, restore or remove one offer in every order of a user */
  setOfferState: {
    params: undefined;
    query: undefined;
    body: { readonly email: string; readonly offerId: string; readonly active?: boolean | undefined };
    answer: OfferState;
  };
  /** Find a user by e-mail address */
  findUserByEmail: {
    params: { readonly email: string };
    query: undefined;
    body: undefined;
    answer: User;
  };
  /** List users, page by page */
  listUsers: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly offerId?: string | undefined; readonly active?: "true" | "false" | undefined; readonly courseId?: string | undefined };
    body: undefined;
    answer: UserPage;
  };
  /** End what users' orders give, and list the users no more */
  endUsersOrders: {
    params: undefined;
    query: undefined;
    body: { readonly emails: ReadonlyArray<string> };
    answer: DeletedUsers;
  };
  /** The same as DELETE, for clients whose DELETE has no body */
  endUsersOrdersByPost: {
    params: undefined;
    query: undefined;
    body: { readonly emails: ReadonlyArray<string> };
    answer: DeletedUsers;
  };
  /** List the offers */
  listOffers: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<Offer>;
  };
  /** Make an offer */
  addOffer: {
    params: undefined;
    query: undefined;
    body: { readonly id?: string | undefined; readonly name: string; readonly entitlements: ReadonlyArray<string> };
    answer: WholeOffer;
  };
  /** Get an offer with what it gives */
  getOffer: {
    params: { readonly offerId: string };
    query: undefined;
    body: undefined;
    answer: WholeOffer;
  };
  /** Change an offer, and at once the access that its active orders give */
  changeOffer: {
    params: { readonly offerId: string };
    query: undefined;
    body: { readonly name?: string | undefined; readonly entitlements?: ReadonlyArray<string> | undefined };
    answer: WholeOffer;
  };
  /** Get the merchant's limits */
  getMerchant: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Merchant;
  };
  /** Change the merchant's limits */
  changeMerchant: {
    params: undefined;
    query: undefined;
    body: { readonly paymentFailureLimit?: number | undefined; readonly graceDays?: number | undefined };
    answer: Merchant;
  };
  /** List all entitlements of an account, of every source */
  listAccountEntitlements: {
    params: { readonly account: string };
    query: { readonly active?: "true" | "false" | undefined; readonly at?: string | undefined };
    body: undefined;
    answer: AccountEntitlements;
  };
  /** Grant, revoke and extend entitlements, a line each */
  changeEntitlements: {
    params: undefined;
    query: { readonly dryRun?: "true" | "false" | undefined };
    body: EntitlementChange;
    answer: EntitlementChangeResult;
  };
  /** Get an AutoBill */
  getAutoBill: {
    params: { readonly merchantAutoBillId: string };
    query: undefined;
    body: undefined;
    answer: AutoBill;
  };
  /** Report that a payment failed */
  reportAutoBillPaymentFailed: {
    params: { readonly merchantAutoBillId: string };
    query: undefined;
    body: { readonly final?: boolean | undefined; readonly note?: string | undefined } | undefined;
    answer: AutoBill;
  };
  /** Report that a payment came after all */
  reportAutoBillPaymentSucceeded: {
    params: { readonly merchantAutoBillId: string };
    query: undefined;
    body: { readonly note?: string | undefined } | undefined;
    answer: AutoBill;
  };
  /** Stop an AutoBill: it is not billed any more */
  stopAutoBill: {
    params: { readonly merchantAutoBillId: string };
    query: undefined;
    body: { readonly disentitle?: boolean | undefined; readonly force?: boolean | undefined; readonly note?: string | undefined } | undefined;
    answer: AutoBill;
  };
  /** Erase the personal data of an account */
  erasePersonalData: {
    params: { readonly account: string };
    query: { readonly revoke?: "true" | "false" | undefined };
    body: undefined;
    answer: ErasedAccount;
  };
  /** List the work that goes on in the background */
  listWork: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<Work>;
  };
  /** List who changed whose access, when and why */
  listAuditLines: {
    params: undefined;
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly order?: string | undefined; readonly account?: string | undefined; readonly email?: string | undefined; readonly soapId?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined };
    body: undefined;
    answer: AuditPage;
  };
  /** Say whether an account has access at a moment, and why */
  getAccess: {
    params: undefined;
    query: { readonly account?: string | undefined; readonly email?: string | undefined; readonly order?: string | undefined; readonly entitlement?: string | undefined; readonly at?: string | undefined };
    body: undefined;
    answer: Access;
  };
  /** Find what a name belongs to, and what happened by it */
  findByName: {
    params: undefined;
    query: { readonly text: string };
    body: undefined;
    answer: FoundByName;
  };
  /** Follow all that happens to accounts, orders, AutoBills and entitlements */
  listEvents: {
    params: undefined;
    query: { readonly after?: number | undefined; readonly types?: string | undefined; readonly account?: string | undefined; readonly limit?: number | undefined; readonly wait?: number | undefined };
    body: undefined;
    answer: EventsPage;
  };
  /** List the webhooks, in the order in which they were made */
  listWebhooks: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Webhooks;
  };
  /** Have events sent to a URL, from now on */
  addWebhook: {
    params: undefined;
    query: undefined;
    body: { readonly url: string; readonly types?: ReadonlyArray<"entitlement.granted" | "entitlement.extended" | "entitlement.revoked" | "entitlement.started" | "entitlement.expired" | "entitlement.changed" | "order.granted" | "order.revoked" | "order.restored" | "order.removed" | "order.payment_failed" | "order.payment_succeeded" | "autobill.started" | "autobill.modified" | "autobill.canceled" | "autobill.ended" | "autobill.payment_failed" | "autobill.payment_succeeded" | "account.created" | "account.updated" | "account.merged" | "endpoint.disabled" | "endpoint.enabled"> | undefined; readonly description?: string | undefined };
    answer: NewWebhook;
  };
  /** Get a webhook */
  getWebhook: {
    params: { readonly webhookId: string };
    query: undefined;
    body: undefined;
    answer: Webhook;
  };
  /** Change a webhook, disable or enable it */
  changeWebhook: {
    params: { readonly webhookId: string };
    query: undefined;
    body: { readonly url?: string | undefined; readonly types?: ReadonlyArray<"entitlement.granted" | "entitlement.extended" | "entitlement.revoked" | "entitlement.started" | "entitlement.expired" | "entitlement.changed" | "order.granted" | "order.revoked" | "order.restored" | "order.removed" | "order.payment_failed" | "order.payment_succeeded" | "autobill.started" | "autobill.modified" | "autobill.canceled" | "autobill.ended" | "autobill.payment_failed" | "autobill.payment_succeeded" | "account.created" | "account.updated" | "account.merged" | "endpoint.disabled" | "endpoint.enabled"> | null | undefined; readonly description?: string | null | undefined; readonly disabled?: boolean | undefined };
    answer: Webhook;
  };
  /** Remove a webhook with its secret, messages and attempts */
  removeWebhook: {
    params: { readonly webhookId: string };
    query: undefined;
    body: undefined;
    answer: { readonly id: string };
  };
  /** Give a webhook a new secret; the former one signs beside it for 24 hours */
  rotateWebhook: {
    params: { readonly webhookId: string };
    query: undefined;
    body: undefined;
    answer: RotatedWebhook;
  };
  /** Send a message of the type webhook.test */
  testWebhook: {
    params: { readonly webhookId: string };
    query: undefined;
    body: undefined;
    answer: WebhookMessage;
  };
  /** Send all that happened since an event or a moment once more */
  replayWebhook: {
    params: { readonly webhookId: string };
    query: undefined;
    body: { readonly after?: number | undefined; readonly since?: string | undefined };
    answer: Webhook;
  };
  /** List the messages to a webhook, the newest first */
  listWebhookMessages: {
    params: { readonly webhookId: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined; readonly status?: "waiting" | "delivered" | "failed" | undefined };
    body: undefined;
    answer: WebhookMessagePage;
  };
  /** Get a message to a webhook with its attempts */
  getWebhookMessage: {
    params: { readonly webhookId: string; readonly deliveryId: string };
    query: undefined;
    body: undefined;
    answer: WholeWebhookMessage;
  };
  /** Send a message once more */
  resendWebhookMessage: {
    params: { readonly webhookId: string; readonly deliveryId: string };
    query: undefined;
    body: undefined;
    answer: WebhookMessage;
  };
  /** List the subscriptions to push notifications, in the order in which they were made */
  listPushSubscriptions: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: PushSubscriptions;
  };
  /** Have the messages of one of CashBox's classes sent to a URL, from now on */
  addPushSubscription: {
    params: undefined;
    query: undefined;
    body: { readonly class: "entitlement" | "autobills" | "accounts"; readonly url: string; readonly format?: "json" | "form" | undefined; readonly skip?: ReadonlyArray<string> | undefined; readonly coalesce?: boolean | undefined; readonly retries?: number | undefined; readonly interval?: number | undefined; readonly basic?: { readonly user: string; readonly password: string } | undefined; readonly email?: string | undefined; readonly key?: string | undefined };
    answer: NewPushSubscription;
  };
  /** Get a subscription to push notifications */
  getPushSubscription: {
    params: { readonly subscriptionId: string };
    query: undefined;
    body: undefined;
    answer: PushSubscription;
  };
  /** Change a subscription to push notifications */
  changePushSubscription: {
    params: { readonly subscriptionId: string };
    query: undefined;
    body: { readonly url?: string | undefined; readonly format?: "json" | "form" | undefined; readonly skip?: ReadonlyArray<string> | undefined; readonly coalesce?: boolean | undefined; readonly retries?: number | undefined; readonly interval?: number | undefined; readonly basic?: { readonly user: string; readonly password: string } | { readonly user: string; readonly password: string } | undefined; readonly email?: string | null | undefined; readonly key?: string | undefined };
    answer: PushSubscription;
  };
  /** Remove a subscription to push notifications with its key and messages */
  removePushSubscription: {
    params: { readonly subscriptionId: string };
    query: undefined;
    body: undefined;
    answer: { readonly id: string };
  };
  /** Send a message of the event `test`, without content */
  testPushSubscription: {
    params: { readonly subscriptionId: string };
    query: undefined;
    body: undefined;
    answer: PushMessage;
  };
  /** List the messages that failed for good, the newest first */
  listFailedPushMessages: {
    params: { readonly subscriptionId: string };
    query: { readonly lastLoadedId?: string | undefined; readonly pageLength?: number | undefined };
    body: undefined;
    answer: PushMessagePage;
  };
  /** Send a message that failed once more: the same text */
  resendPushMessage: {
    params: { readonly subscriptionId: string; readonly id: string };
    query: undefined;
    body: undefined;
    answer: PushMessage;
  };
}

/** The method and the path of each. */
export const PATHS = {
  getKeyOwner: 'GET /v1/api-auth',
  listKeys: 'GET /v1/keys',
  addKey: 'POST /v1/keys',
  revokeKey: 'POST /v1/keys/{name}/revoke',
  listOrders: 'GET /v1/orders',
  getOrder: 'GET /v1/orders/{orderId}',
  listOrderHistory: 'GET /v1/orders/{orderId}/history',
  revokeOrder: 'POST /v1/orders/{orderId}/revoke',
  restoreOrder: 'POST /v1/orders/{orderId}/restore',
  reportOrderPaymentFailed: 'POST /v1/orders/{orderId}/payment-failed',
  reportOrderPaymentSucceeded: 'POST /v1/orders/{orderId}/payment-succeeded',
  grantOffer: 'POST /v1/users/grant-user-offer-by-mail',
  setOrderState: 'POST /v1/users/set-order-state',
  setOfferState: 'POST /v1/users/set-offer-state',
  findUserByEmail: 'GET /v1/users/find-by-mail/{email}',
  listUsers: 'GET /v1/users/list',
  endUsersOrders: 'DELETE /v1/users/delete-users',
  endUsersOrdersByPost: 'POST /v1/users/delete-users',
  listOffers: 'GET /v1/offers',
  addOffer: 'POST /v1/offers',
  getOffer: 'GET /v1/offers/{offerId}',
  changeOffer: 'PATCH /v1/offers/{offerId}',
  getMerchant: 'GET /v1/merchant',
  changeMerchant: 'PATCH /v1/merchant',
  listAccountEntitlements: 'GET /v1/accounts/{account}/entitlements',
  changeEntitlements: 'POST /v1/entitlements:batch',
  getAutoBill: 'GET /v1/autobills/{merchantAutoBillId}',
  reportAutoBillPaymentFailed: 'POST /v1/autobills/{merchantAutoBillId}/payment-failed',
  reportAutoBillPaymentSucceeded: 'POST /v1/autobills/{merchantAutoBillId}/payment-succeeded',
  stopAutoBill: 'POST /v1/autobills/{merchantAutoBillId}/stop',
  erasePersonalData: 'DELETE /v1/accounts/{account}/personal-data',
  listWork: 'GET /v1/work',
  listAuditLines: 'GET /v1/audit',
  getAccess: 'GET /v1/access',
  findByName: 'GET /v1/find',
  listEvents: 'GET /v1/events',
  listWebhooks: 'GET /v1/webhooks',
  addWebhook: 'POST /v1/webhooks',
  getWebhook: 'GET /v1/webhooks/{webhookId}',
  changeWebhook: 'PATCH /v1/webhooks/{webhookId}',
  removeWebhook: 'DELETE /v1/webhooks/{webhookId}',
  rotateWebhook: 'POST /v1/webhooks/{webhookId}/rotate',
  testWebhook: 'POST /v1/webhooks/{webhookId}/test',
  replayWebhook: 'POST /v1/webhooks/{webhookId}/replay',
  listWebhookMessages: 'GET /v1/webhooks/{webhookId}/deliveries',
  getWebhookMessage: 'GET /v1/webhooks/{webhookId}/deliveries/{deliveryId}',
  resendWebhookMessage: 'POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/resend',
  listPushSubscriptions: 'GET /v1/push',
  addPushSubscription: 'POST /v1/push',
  getPushSubscription: 'GET /v1/push/{subscriptionId}',
  changePushSubscription: 'PATCH /v1/push/{subscriptionId}',
  removePushSubscription: 'DELETE /v1/push/{subscriptionId}',
  testPushSubscription: 'POST /v1/push/{subscriptionId}/test',
  listFailedPushMessages: 'GET /v1/push/{subscriptionId}/failed',
  resendPushMessage: 'POST /v1/push/{subscriptionId}/messages/{id}/resend',
} as const;
