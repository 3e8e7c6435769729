/**
 * Generated from wsdl/ by `npm run generate`. Do not edit.
 *
 * Typed as decoding gives them and encoding takes them: a decimal or float is its text, an absent element
 * is undefined. Input fields are all optional, for the server is liberal in what it takes; output
 * fields are required where the schema says so.
 */

/** A moment in UTC milliseconds since 1970. */
export type Timestamp = number;

export type EmailPreference =
  | 'plaintext'
  | 'html'
  | 'multipart';

export type PaymentUpdateBehavior =
  | 'Update'
  | 'Validate'
  | 'CatchUp';

export type UpdateScope =
  | 'None'
  | 'MatchingPaymentMethod'
  | 'AllDue'
  | 'AllDueAndMatching'
  | 'AllActive';

export type AccountPayerReplacementBehavior =
  | 'ReplaceOnAllAutoBills'
  | 'ReplaceOnlyFutureAutoBills';

export type AutoBillEventType =
  | 'ACCOUNT_UPDATER'
  | 'CANCELLATION'
  | 'CATCHUP_BILLING'
  | 'CHANGE_PLAN'
  | 'CHARGEBACK'
  | 'CREDIT_OPERATION'
  | 'DELAY_BILL'
  | 'END'
  | 'END_DATE_CHANGE'
  | 'EXPIRATION'
  | 'MIGRATION'
  | 'MODIFICATION'
  | 'NON_RECURRING_TRANSACTION'
  | 'NOTIFICATION'
  | 'PAYMENT_METHOD_REMOVED'
  | 'PAYMENT_METHOD_UPDATE'
  | 'REFUND'
  | 'START_DATE_CHANGE'
  | 'STATUS_CHANGE'
  | 'TEST'
  | 'TRANSACTION';

export type AutoBillStatus =
  | 'Unknown'
  | 'Deleted'
  | 'Processing'
  | 'Pending Activation'
  | 'Active'
  | 'Pending Cancel'
  | 'Cancelled'
  | 'Expired'
  | 'Upgraded'
  | 'Legacy Suspended'
  | 'Bogus AutoBill Status'
  | 'Dryrun';

export type BillingState =
  | 'Unknown'
  | 'Unbilled'
  | 'Good Standing'
  | 'Free/Trial'
  | 'In Retry'
  | 'Unusable PaymentMethod'
  | 'Billing Completed'
  | 'Failed To Collect'
  | 'Overdue'
  | 'Pending Acceptance'
  | 'Free Period'
  | 'Terminated'
  | 'Legacy Unknown BillingState'
  | 'Bogus BillingState'
  | 'Grace Period';

export type ImmediateAuthFailurePolicy =
  | 'doNotSaveAutoBill'
  | 'putAutoBillInRetryCycle'
  | 'putAutoBillInRetryCycleIfPaymentMethodIsValid';

export type InitialAuthStrategy =
  | 'DelayFullAuthToInitialBillingDate'
  | 'AuthImminentBilling';

export type StatementFormat =
  | 'DoNotSend'
  | 'Inline'
  | 'Attachment';

export type BillingRule =
  | 'Advance'
  | 'Arrears';

export type PaymentOverageDisposition =
  | 'applyToThisAutoBill'
  | 'applytoOldestInvoice'
  | 'applytoCredit';

export type InvoiceStates =
  | 'Open'
  | 'Due'
  | 'Paid'
  | 'Overdue'
  | 'Written Off'
  | 'Closed';

export type AutoBillModificationAction =
  | 'Edit'
  | 'Add'
  | 'Remove';

export type BillingPlanStatus =
  | 'Active'
  | 'Suspended';

export type BillingPeriodType =
  | 'Day'
  | 'Week'
  | 'Month'
  | 'Year';

export type CreditEventType =
  | 'GiftCardRedemption'
  | 'GiftCardReversal'
  | 'GiftCardStatusInquiry'
  | 'Grant'
  | 'Revocation'
  | 'Consumption'
  | 'Refund';

export type GiftCardStatusType =
  | 'Unknown'
  | 'Active'
  | 'RedemptionPending'
  | 'Redeemed'
  | 'Deactive'
  | 'Suspended';

export type PaymentMethodType =
  | 'CreditCard'
  | 'PayPal'
  | 'ECP'
  | 'DirectDebit'
  | 'Token'
  | 'HostedPage'
  | 'Boleto'
  | 'MerchantAcceptedPayment'
  | 'CarrierBilling'
  | 'Amazon'
  | 'Skrill'
  | 'ApplePay'
  | 'MilitaryStar'
  | 'ExternalBilling';

export type HashType =
  | 'sha1'
  | 'md5';

export type AccountType =
  | 'ConsumerChecking'
  | 'ConsumerSavings'
  | 'CorporateChecking'
  | 'CorporateSavings';

export type ECPTransactionType =
  | 'All'
  | 'Inbound'
  | 'Outbound'
  | 'InboundOutbound'
  | 'Transfer'
  | 'NA';

export type PricePointDeviationPolicy =
  | 'HiPreferred'
  | 'HiOnly'
  | 'LowPreferred'
  | 'LowOnly'
  | 'NearestNoPreference';

export type DynamicPriceMode =
  | 'Price'
  | 'PayoutGross'
  | 'PayoutNet';

export type ProductStatus =
  | 'Active'
  | 'Suspended';

export type DuplicateBehavior =
  | 'Duplicate'
  | 'SucceedIgnore'
  | 'Fail';

export type MultiplyRatedUnitsBy =
  | 'EachRespectiveTier'
  | 'HighestApplicableTier';

export type RatePlanModel =
  | 'UsageBased'
  | 'LicenseBased';

export type ChargeCustomer =
  | 'FlatFee'
  | 'PerUnit';

export type RatePlanStatus =
  | 'Active'
  | 'Suspended';

export type RefundTokenAction =
  | 'None'
  | 'CancelZeroBalance'
  | 'CancelNegativeBalance';

export type RefundStatus =
  | 'Reported'
  | 'Processing'
  | 'Failed'
  | 'Complete';

export type ReturnCode =
  | 200
  | 201
  | 202
  | 203
  | 204
  | 205
  | 206
  | 261
  | 300
  | 301
  | 302
  | 303
  | 304
  | 305
  | 306
  | 307
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 407
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 500
  | 501
  | 502
  | 503
  | 504
  | 505;

export type TransactionItemType =
  | 'Purchase'
  | 'Credit'
  | 'TaxableCredit'
  | 'DiscountBeforeTax'
  | 'ModificationRefund';

export type TransactionStatusType =
  | 'New'
  | 'AuthorizationPending'
  | 'AuthorizedPending'
  | 'Authorized'
  | 'AuthorizedForValidation'
  | 'Cancelled'
  | 'Captured'
  | 'Settled'
  | 'Refunded'
  | 'Pending';

export type AVSMatchType =
  | 'FullMatch'
  | 'PartialMatch'
  | 'NoMatch'
  | 'IssuerError'
  | 'NoOpinion'
  | 'NotSupported';

export type TransactionAttemptSummary =
  | 'Success'
  | 'Failure'
  | 'Pending';

export type MigrationTransactionType =
  | 'Recurring'
  | 'NonRecurring';

export type MigrationTransactionItemType =
  | 'RecurringCharge'
  | 'NonRecurringCharge'
  | 'Credit';

export type PhoneType =
  | 'Unspecified'
  | 'Home'
  | 'Work'
  | 'Mobile'
  | 'Fax'
  | 'Pager'
  | 'Main'
  | 'CS';

export type MandateStatus =
  | 'Pending'
  | 'Active'
  | 'Failed'
  | 'Cancelled'
  | 'Expired';

/** A customer of the merchant. Named by its VID or by its merchantAccountId. */
export interface Account {
  VID?: string | undefined;
  merchantAccountId?: string | undefined;
  externalId?: string | undefined;
  parentMerchantAccountId?: string | undefined;
  defaultCurrency?: string | undefined;
  emailAddress?: string | undefined;
  emailTypePreference?: EmailPreference | undefined;
  preferredLanguage?: string | undefined;
  warnBeforeAutobilling?: boolean | undefined;
  company?: string | undefined;
  name?: string | undefined;
  shippingAddress?: Address | undefined;
  paymentMethods?: PaymentMethod[] | undefined;
  nameValues?: NameValuePair[] | undefined;
  taxExemptions?: TaxExemption[] | undefined;
  tokenBalances?: TokenAmount[] | undefined;
  credit?: Credit | undefined;
  entitlements?: Entitlement[] | undefined;
  taxType?: string | undefined;
}

export interface ActivityFulfillment {
  merchantTransactionId?: string | undefined;
  shipper?: string | undefined;
  trackingString?: string | undefined;
  shippingAddress?: Address | undefined;
  delivered?: boolean | undefined;
  receivedTs?: Timestamp | undefined;
  receiptName?: string | undefined;
}

export interface Address {
  VID?: string | undefined;
  name?: string | undefined;
  addr1?: string | undefined;
  addr2?: string | undefined;
  addr3?: string | undefined;
  city?: string | undefined;
  county?: string | undefined;
  district?: string | undefined;
  postalCode?: string | undefined;
  country?: string | undefined;
  phone?: string | undefined;
  fax?: string | undefined;
  latitude?: string | undefined;
  longitude?: string | undefined;
}

/** Login and password of the merchant that calls. */
export interface Authentication {
  version?: string | undefined;
  login?: string | undefined;
  password?: string | undefined;
  evid?: string | undefined;
  userAgent?: string | undefined;
}

export interface CancelReason {
  reason_code?: string | undefined;
  description?: string | undefined;
}

export interface AutoBillItem {
  merchantAutoBillItemId?: string | undefined;
  VID?: string | undefined;
  index?: number | undefined;
  product?: Product | undefined;
  amount?: string | undefined;
  currency?: string | undefined;
  ratePlan?: RatePlan | undefined;
  nameValues?: NameValuePair[] | undefined;
  quantity?: string | undefined;
  token?: Token | undefined;
  cycles?: number | undefined;
  cyclesRemaining?: number | undefined;
  addedDate?: Timestamp | undefined;
  removedDate?: Timestamp | undefined;
  startDate?: string | undefined;
  campaignCode?: string | undefined;
  campaignId?: string | undefined;
  transitionedFromMerchantAutoBillItemId?: string | undefined;
  transitionedToMerchantAutoBillItemId?: string | undefined;
  transitionedFromAutoBillItemVid?: string | undefined;
  transitionedToAutoBillItemVid?: string | undefined;
}

/** A subscription: an account pays for products at a billing plan, and is entitled while it does. */
export interface AutoBill {
  VID?: string | undefined;
  merchantAutoBillId?: string | undefined;
  account?: Account | undefined;
  billingPlan?: BillingPlan | undefined;
  paymentMethod?: PaymentMethod | undefined;
  currency?: string | undefined;
  customerAutoBillName?: string | undefined;
  status?: AutoBillStatus | undefined;
  billingState?: BillingState | undefined;
  startTimestamp?: Timestamp | undefined;
  endTimestamp?: Timestamp | undefined;
  items?: AutoBillItem[] | undefined;
  sourceIp?: string | undefined;
  billingStatementIdentifier?: string | undefined;
  billingDay?: number | undefined;
  minimumCommitment?: number | undefined;
  merchantAffiliateId?: string | undefined;
  merchantAffiliateSubId?: string | undefined;
  warnOnExpiration?: boolean | undefined;
  nextBilling?: Transaction | undefined;
  nameValues?: NameValuePair[] | undefined;
  credit?: Credit | undefined;
  subscriptionBalance?: string | undefined;
  statementFormat?: StatementFormat | undefined;
  invoiceTerms?: number | undefined;
  statementOffset?: number | undefined;
  statementTemplateId?: string | undefined;
  billingPlanCampaignCode?: string | undefined;
  billingPlanCampaignId?: string | undefined;
  mandate?: Mandate | undefined;
  cancelReason?: CancelReason | undefined;
  specifiedBillingDay?: number | undefined;
  billingOffset?: number | undefined;
  billingRule?: BillingRule | undefined;
}

export interface AutoBillUpgradeHistoryStep {
  vid?: string | undefined;
  startTimestamp?: Timestamp | undefined;
  endTimestamp?: Timestamp | undefined;
}

export interface PaymentDetails {
  merchantProductId?: string | undefined;
  productVid?: string | undefined;
  merchantAutoBillItemId?: string | undefined;
  autoBillItemVid?: string | undefined;
  remainingBalanceInSet?: string | undefined;
  remainingPaymentsInSet?: number | undefined;
}

export interface BillingPlanHistoryRecord {
  merchantBillingPlanId?: string | undefined;
  startDate?: Timestamp | undefined;
  endDate?: Timestamp | undefined;
}

export interface AutoBillItemModification {
  removeAutoBillItem?: AutoBillItem | undefined;
  addAutoBillItem?: AutoBillItem | undefined;
  editAutoBillItem?: AutoBillItem | undefined;
}

export interface AutoBillItemHistoryRecord {
  action?: AutoBillModificationAction | undefined;
  actionDate?: Timestamp | undefined;
  effectiveDate?: Timestamp | undefined;
  autoBillItem?: AutoBillItem | undefined;
}

export interface BillingPlanPrice {
  amount?: string | undefined;
  currency?: string | undefined;
  priceListName?: string | undefined;
  tokenAmount?: TokenAmount | undefined;
}

export interface BillingPlanPeriod {
  type?: BillingPeriodType | undefined;
  quantity?: number | undefined;
  cycles?: number | undefined;
  prices?: BillingPlanPrice[] | undefined;
  expireWarningDays?: number | undefined;
  doNotNotifyFirstBill?: boolean | undefined;
  free?: boolean | undefined;
}

/** When and how often a subscription is billed. Named by its VID or by its merchantBillingPlanId. */
export interface BillingPlan {
  VID?: string | undefined;
  merchantBillingPlanId?: string | undefined;
  description?: string | undefined;
  status?: BillingPlanStatus | undefined;
  taxClassification?: string | undefined;
  periods?: BillingPlanPeriod[] | undefined;
  prenotifyDays?: number | undefined;
  endOfLifeTimestamp?: Timestamp | undefined;
  nameValues?: NameValuePair[] | undefined;
  merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
  billingStatementIdentifier?: string | undefined;
  timesToRun?: string | undefined;
  entitlementsValidFor?: string | undefined;
  repeatEvery?: string | undefined;
  seasonSet?: SeasonSet | undefined;
  daysBeforeSeasonToBill?: number | undefined;
  daysEntitledBeforeSeason?: number | undefined;
  daysEntitledAfterSeason?: number | undefined;
  entitledOffSeason?: boolean | undefined;
  skipInitialFreeWhenRepeating?: boolean | undefined;
}

export interface TimeInterval {
  years?: number | undefined;
  months?: number | undefined;
  weeks?: number | undefined;
  days?: number | undefined;
  nameValues?: NameValuePair[] | undefined;
  sortValue?: bigint | undefined;
  description?: string | undefined;
  reason?: string | undefined;
  grantedByCashbox?: boolean | undefined;
  granted?: Timestamp | undefined;
  VID?: string | undefined;
  accountVID?: string | undefined;
  merchantAccountId?: string | undefined;
  autoBillVID?: string | undefined;
  merchantAutoBillId?: string | undefined;
  source?: string | undefined;
}

export interface CurrencyAmount {
  currency?: string | undefined;
  amount?: string | undefined;
  nameValues?: NameValuePair[] | undefined;
  sortValue?: bigint | undefined;
  description?: string | undefined;
  reason?: string | undefined;
  grantedByCashbox?: boolean | undefined;
  granted?: Timestamp | undefined;
  VID?: string | undefined;
  accountVID?: string | undefined;
  merchantAccountId?: string | undefined;
  autoBillVID?: string | undefined;
  merchantAutoBillId?: string | undefined;
  source?: string | undefined;
}

export interface Credit {
  tokenAmounts?: TokenAmount[] | undefined;
  timeIntervals?: TimeInterval[] | undefined;
  currencyAmounts?: CurrencyAmount[] | undefined;
}

export interface CreditEventLog {
  credit?: Credit | undefined;
  timeStamp?: Timestamp | undefined;
  type?: CreditEventType | undefined;
  note?: string | undefined;
}

/** Carries nothing of consequence. */
export interface Diagnostic {
  a_field?: string | undefined;
}

export interface GiftCardStatus {
  status?: GiftCardStatusType | undefined;
  timestamp?: Timestamp | undefined;
  providerResponseCode?: string | undefined;
  providerResponseMsg?: string | undefined;
  nameValues?: NameValuePair[] | undefined;
}

export interface GiftCard {
  sku?: string | undefined;
  pin?: string | undefined;
  lastDigits?: string | undefined;
  pinLength?: number | undefined;
  hashType?: HashType | undefined;
  pinHash?: string | undefined;
  paymentProvider?: string | undefined;
  status?: GiftCardStatus | undefined;
  VID?: string | undefined;
  product?: Product | undefined;
}

/** The right of an account to something the merchant names, for a time. */
export interface Entitlement {
  merchantEntitlementId?: string | undefined;
  description?: string | undefined;
  merchantAutoBillId?: string | undefined;
  autoBillVID?: string | undefined;
  merchantProductId?: string | undefined;
  productVID?: string | undefined;
  account?: Account | undefined;
  startTimestamp?: Timestamp | undefined;
  endTimestamp?: Timestamp | undefined;
  active?: boolean | undefined;
}

export interface ExternalBilling {
  BillReceiver?: string | undefined;
  PaymentChannelId?: string | undefined;
  FinancialAccountId?: string | undefined;
}

export interface CreditCard {
  account?: string | undefined;
  bin?: string | undefined;
  lastDigits?: string | undefined;
  accountLength?: number | undefined;
  hashType?: HashType | undefined;
  accountHash?: string | undefined;
  expirationDate?: string | undefined;
  extendedCardAttributes?: ExtendedCardAttributes | undefined;
  VID?: string | undefined;
}

export interface MilitaryStar {
  account?: string | undefined;
  cid?: string | undefined;
  accountLastDigits?: string | undefined;
  accountLength?: number | undefined;
  cidLastDigits?: string | undefined;
  cidLength?: number | undefined;
  hashType?: HashType | undefined;
  accountHash?: string | undefined;
  cidHash?: string | undefined;
  VID?: string | undefined;
}

export interface ExtendedVerification {
  browserAcceptHeader?: string | undefined;
  browserUserAgentHeader?: string | undefined;
  returnUrl?: string | undefined;
}

export interface ExtendedCardAttributes {
  CommercialCard?: number | undefined;
  ConsumerCard?: number | undefined;
  CreditCard?: number | undefined;
  DebitCard?: number | undefined;
  SignatureDebitCard?: number | undefined;
  PINlessDebitCard?: number | undefined;
  GiftCard?: number | undefined;
  PrepaidCard?: number | undefined;
  PayrollCard?: number | undefined;
  HealthcareCard?: number | undefined;
  VirtualAccountNumber?: number | undefined;
  Reloadable?: number | undefined;
  CountryOfIssuance?: string | undefined;
  DurbinRegulated?: number | undefined;
  Affluent?: number | undefined;
  MassAffluent?: number | undefined;
  CardDescription?: string | undefined;
}

export interface ECP {
  account?: string | undefined;
  hashType?: HashType | undefined;
  accountHash?: string | undefined;
  routingNumber?: string | undefined;
  accountType?: AccountType | undefined;
  lastDigits?: string | undefined;
  accountLength?: number | undefined;
  allowedTransactionType?: ECPTransactionType | undefined;
  bankName?: string | undefined;
}

export interface DirectDebit {
  account?: string | undefined;
  lastDigits?: string | undefined;
  accountLength?: number | undefined;
  hashType?: HashType | undefined;
  accountHash?: string | undefined;
  countryCode?: string | undefined;
  bankSortCode?: string | undefined;
  ribCode?: string | undefined;
}

export interface Amazon {
  billingAgreementId?: string | undefined;
  buyerName?: string | undefined;
  buyerEmail?: string | undefined;
  physicalAddress?: Address | undefined;
  billingAddress?: Address | undefined;
  addressVerificationCode?: string | undefined;
}

export interface Skrill {
  billingAgreementId?: string | undefined;
  payFromEmail?: string | undefined;
  paymentType?: string | undefined;
  returnUrl?: string | undefined;
  cancelUrl?: string | undefined;
}

export interface ApplePay {
  paymentInstrumentName?: string | undefined;
  paymentNetwork?: string | undefined;
  transactionIdentifier?: string | undefined;
  paymentData?: string | undefined;
  expirationDate?: string | undefined;
}

export interface PayPal {
  paypalEmail?: string | undefined;
  payerId?: string | undefined;
  returnUrl?: string | undefined;
  cancelUrl?: string | undefined;
  requestReferenceId?: boolean | undefined;
  referenceId?: string | undefined;
}

export interface HostedPage {
  paymentProvider?: PaymentProvider | undefined;
  countryCode?: string | undefined;
  returnUrl?: string | undefined;
  language?: string | undefined;
  processorPaymentMethodId?: string | undefined;
  billingAgreementId?: string | undefined;
}

export interface Boleto {
  fiscalNumber?: string | undefined;
}

export interface MerchantAcceptedPayment {
  amount?: string | undefined;
  currency?: string | undefined;
  token?: Token | undefined;
  timestamp?: Timestamp | undefined;
  paymentType?: string | undefined;
  paymentId?: string | undefined;
  account?: string | undefined;
  lastDigits?: string | undefined;
  accountLength?: number | undefined;
  hashType?: HashType | undefined;
  accountHash?: string | undefined;
  note?: string | undefined;
}

export interface PriceCriteria {
  paymentProvider?: PaymentProvider | undefined;
  currency?: string | undefined;
  countryCode?: string | undefined;
  pricePointDeviationPolicy?: PricePointDeviationPolicy | undefined;
  dynamicPriceMode?: DynamicPriceMode | undefined;
  merchantServiceIdentifier?: string | undefined;
  subMerchantIdentifier?: string | undefined;
  description?: string | undefined;
  fwdUrl?: string | undefined;
  staticSelectionRowRef?: number | undefined;
  staticPriceIncSalesTax?: string | undefined;
  dynamicDeviation?: number | undefined;
  dynamicMatch?: number | undefined;
  dynamicTargetPrice?: string | undefined;
}

export interface CarrierBilling {
  phoneNumber?: PhoneNumber | undefined;
  encodedPhoneNumber?: string | undefined;
  carrierId?: string | undefined;
  paymentProvider?: PaymentProvider | undefined;
  currency?: string | undefined;
  countryCode?: string | undefined;
  priceCriteria?: PriceCriteria | undefined;
}

export interface PaymentMethod {
  VID?: string | undefined;
  type?: PaymentMethodType | undefined;
  creditCard?: CreditCard | undefined;
  ecp?: ECP | undefined;
  directDebit?: DirectDebit | undefined;
  paypal?: PayPal | undefined;
  amazon?: Amazon | undefined;
  skrill?: Skrill | undefined;
  boleto?: Boleto | undefined;
  hostedPage?: HostedPage | undefined;
  token?: Token | undefined;
  merchantAcceptedPayment?: MerchantAcceptedPayment | undefined;
  carrierBilling?: CarrierBilling | undefined;
  applePay?: ApplePay | undefined;
  militaryStar?: MilitaryStar | undefined;
  ExternalBilling?: ExternalBilling | undefined;
  nameValues?: NameValuePair[] | undefined;
  accountHolderName?: string | undefined;
  billingAddress?: Address | undefined;
  customerSpecifiedType?: string | undefined;
  customerDescription?: string | undefined;
  merchantPaymentMethodId?: string | undefined;
  currency?: string | undefined;
  sortOrder?: number | undefined;
  active?: boolean | undefined;
  extendedVerification?: ExtendedVerification | undefined;
  externalToken?: string | undefined;
}

export interface PaymentProvider {
  name?: string | undefined;
  disputeAddress?: Address | undefined;
  disputeEmail?: string | undefined;
  disputeUri?: string | undefined;
  authExpirationDays?: number | undefined;
  authCurrencyOverride?: string | undefined;
  nameValues?: NameValuePair[] | undefined;
}

/** What a product or a billing plan entitles to. */
export interface MerchantEntitlementId {
  id?: string | undefined;
  description?: string | undefined;
}

/** A piece of the merchant's own data. */
export interface NameValuePair {
  name?: string | undefined;
  value?: string | undefined;
}

export interface ProductDescription {
  language?: string | undefined;
  description?: string | undefined;
}

export interface ProductPrice {
  amount?: string | undefined;
  currency?: string | undefined;
  token?: Token | undefined;
}

/** What the merchant sells. Named by its VID or by its merchantProductId. */
export interface Product {
  VID?: string | undefined;
  merchantProductId?: string | undefined;
  descriptions?: ProductDescription[] | undefined;
  status?: ProductStatus | undefined;
  taxClassification?: string | undefined;
  defaultBillingPlan?: BillingPlan | undefined;
  defaultRatePlan?: RatePlan | undefined;
  endOfLifeTimestamp?: Timestamp | undefined;
  nameValues?: NameValuePair[] | undefined;
  merchantEntitlementIds?: MerchantEntitlementId[] | undefined;
  billingStatementIdentifier?: string | undefined;
  creditGranted?: Credit | undefined;
  prices?: ProductPrice[] | undefined;
  bundledProducts?: Product[] | undefined;
}

export interface RatePlan {
  description?: string | undefined;
  merchantRatePlanId?: string | undefined;
  VID?: string | undefined;
  multiplyRatedUnitsBy?: MultiplyRatedUnitsBy | undefined;
  ratedUnit?: RatedUnit | undefined;
  tier?: RatePlanTier[] | undefined;
  roundingDecimals?: number | undefined;
  includedUnits?: string | undefined;
  minimumFee?: RatePlanPrice[] | undefined;
  maximumFee?: RatePlanPrice[] | undefined;
  ratePlanModel?: RatePlanModel | undefined;
  status?: RatePlanStatus | undefined;
  hasEventRecorded?: boolean | undefined;
  nameValues?: NameValuePair[] | undefined;
}

export interface RatePlanTier {
  name?: string | undefined;
  ratePrice?: RatePlanPrice[] | undefined;
  chargeCustomer?: ChargeCustomer | undefined;
  beginsAtLevel?: string | undefined;
}

export interface RatedUnit {
  nameSingular?: string | undefined;
  namePlural?: string | undefined;
}

export interface RatePlanPrice {
  amount?: string | undefined;
  currency?: string | undefined;
}

export interface RefundItem {
  transactionItemIndexNumber?: string | undefined;
  sku?: string | undefined;
  description?: string | undefined;
  amount?: string | undefined;
  taxOnly?: boolean | undefined;
  taxes?: TaxItem[] | undefined;
}

export interface Refund {
  VID?: string | undefined;
  merchantRefundId?: string | undefined;
  transaction?: Transaction | undefined;
  refundItems?: RefundItem[] | undefined;
  refundDistributionStrategy?: string | undefined;
  amount?: string | undefined;
  amountIncludesTax?: boolean | undefined;
  currency?: string | undefined;
  nameValues?: NameValuePair[] | undefined;
  timestamp?: Timestamp | undefined;
  referenceString?: string | undefined;
  note?: string | undefined;
  tokenAction?: RefundTokenAction | undefined;
  credit?: Credit | undefined;
  status?: RefundStatus | undefined;
}

/** How the call went. */
export interface Return {
  returnCode?: ReturnCode | undefined;
  returnString?: string | undefined;
  soapId?: string | undefined;
}

export interface Season {
  description?: string | undefined;
  startDate?: string | undefined;
  endDate?: string | undefined;
}

export interface SeasonSet {
  VID?: string | undefined;
  merchantSeasonSetId?: string | undefined;
  seasons?: Season[] | undefined;
  nameValues?: NameValuePair[] | undefined;
}

export interface TaxExemption {
  region?: string | undefined;
  exemptionId?: string | undefined;
  active?: boolean | undefined;
}

export interface Token {
  VID?: string | undefined;
  merchantTokenId?: string | undefined;
  description?: string | undefined;
}

export interface TokenAmount {
  token?: Token | undefined;
  amount?: number | undefined;
  source?: string | undefined;
}

export interface TokenTransaction {
  tokenAmount?: TokenAmount | undefined;
  description?: string | undefined;
  authTimestamp?: Timestamp | undefined;
  clearedTimestamp?: Timestamp | undefined;
}

export interface ScoreCode {
  description?: string | undefined;
  id?: string | undefined;
}

export interface TransactionItem {
  sku?: string | undefined;
  indexNumber?: number | undefined;
  itemType?: TransactionItemType | undefined;
  name?: string | undefined;
  merchantAutoBillItemId?: string | undefined;
  autoBillItemVid?: string | undefined;
  price?: string | undefined;
  nameValues?: NameValuePair[] | undefined;
  quantity?: string | undefined;
  taxClassification?: string | undefined;
  tokens?: TokenAmount[] | undefined;
  campaignCode?: string | undefined;
  campaignId?: string | undefined;
  campaignDescription?: string | undefined;
  servicePeriodStartDate?: Timestamp | undefined;
  servicePeriodEndDate?: Timestamp | undefined;
  taxType?: string | undefined;
  tax?: TaxItem[] | undefined;
  relatedTransactions?: string[] | undefined;
  itemRefunds?: TransactionItemRefundSummary[] | undefined;
  discount?: string | undefined;
  subtotal?: string | undefined;
  total?: string | undefined;
}

export interface TaxItem {
  jurisdiction?: string | undefined;
  name?: string | undefined;
  amount?: string | undefined;
  externalTaxName?: string | undefined;
  externalTaxCategory?: string | undefined;
  externalJurisdictionName?: string | undefined;
  taxRate?: string | undefined;
}

export interface TransactionItemRefundSummary {
  amount?: string | undefined;
  taxAmount?: string | undefined;
  taxOnly?: boolean | undefined;
  timestamp?: Timestamp | undefined;
  refundId?: string | undefined;
}

export interface TransactionStatus {
  status?: TransactionStatusType | undefined;
  timestamp?: Timestamp | undefined;
  paymentMethodType?: PaymentMethodType | undefined;
  creditCardStatus?: TransactionStatusCreditCard | undefined;
  ecpStatus?: TransactionStatusECP | undefined;
  boletoStatus?: TransactionStatusBoleto | undefined;
  hostedPageStatus?: TransactionStatusHostedPage | undefined;
  payPalStatus?: TransactionStatusPayPal | undefined;
  directDebitStatus?: TransactionStatusDirectDebit | undefined;
  carrierBillingStatus?: TransactionStatusCarrierBilling | undefined;
  amazonStatus?: TransactionStatusAmazon | undefined;
  skrillStatus?: TransactionStatusSkrill | undefined;
  applePayStatus?: TransactionStatusApplePay | undefined;
  vinAVS?: AVSMatchType | undefined;
  fundingSourceBalance?: string | undefined;
  extendedVerification?: ExtendedVerificationResponse | undefined;
}

export interface TransactionStatusCreditCard {
  authCode?: string | undefined;
  avsCode?: string | undefined;
  cvnCode?: string | undefined;
  extendedCardAttributes?: ExtendedCardAttributes | undefined;
  authApprovalCode?: string | undefined;
}

export interface TransactionStatusApplePay {
  authCode?: string | undefined;
}

export interface TransactionStatusECP {
  authCode?: string | undefined;
}

export interface TransactionStatusBoleto {
  uri?: string | undefined;
}

export interface TransactionStatusHostedPage {
  authCode?: string | undefined;
  redirectUrl?: string | undefined;
}

export interface TransactionStatusPayPal {
  token?: string | undefined;
  paypalEmail?: string | undefined;
  payerId?: string | undefined;
  authCode?: string | undefined;
  redirectUrl?: string | undefined;
}

export interface TransactionStatusAmazon {
  authCode?: string | undefined;
}

export interface TransactionStatusSkrill {
  authCode?: string | undefined;
  token?: string | undefined;
  redirectUrl?: string | undefined;
}

export interface TransactionStatusCarrierBilling {
  authCode?: string | undefined;
  buyUrl?: string | undefined;
}

export interface TransactionStatusDirectDebit {
  authCode?: string | undefined;
}

export interface ExtendedVerificationResponse {
  redirectUrl?: string | undefined;
  postValues?: NameValuePair[] | undefined;
}

export interface Transaction {
  VID?: string | undefined;
  amount?: string | undefined;
  originalAmount?: string | undefined;
  currency?: string | undefined;
  divisionNumber?: string | undefined;
  merchantTransactionId?: string | undefined;
  previousMerchantTransactionId?: string | undefined;
  timestamp?: Timestamp | undefined;
  account?: Account | undefined;
  sourcePaymentMethod?: PaymentMethod | undefined;
  destPaymentMethod?: PaymentMethod | undefined;
  ecpTransactionType?: ECPTransactionType | undefined;
  statusLog?: TransactionStatus[] | undefined;
  paymentProcessor?: string | undefined;
  paymentProcessorTransactionId?: string | undefined;
  sourcePhoneNumber?: string | undefined;
  shippingAddress?: Address | undefined;
  nameValues?: NameValuePair[] | undefined;
  transactionItems?: TransactionItem[] | undefined;
  merchantAffiliateId?: string | undefined;
  merchantAffiliateSubId?: string | undefined;
  userAgent?: string | undefined;
  note?: string | undefined;
  preferredNotificationLanguage?: string | undefined;
  sourceMacAddress?: string | undefined;
  sourceIp?: string | undefined;
  billingStatementIdentifier?: string | undefined;
  taxExemptions?: TaxExemption[] | undefined;
  salesTaxAddress?: Address | undefined;
  verificationCode?: string | undefined;
  autoBillCycle?: number | undefined;
  billingPlanCycle?: number | undefined;
  mandate?: Mandate | undefined;
  originalActivityDate?: Timestamp | undefined;
  retryNumber?: number | undefined;
  autobillVID?: string | undefined;
  merchantAutobillIdentifier?: string | undefined;
}

export interface MigrationTaxItem {
  amount?: string | undefined;
  jurisdiction?: string | undefined;
  name?: string | undefined;
}

export interface MigrationTransactionItem {
  itemType?: MigrationTransactionItemType | undefined;
  servicePeriodStartDate?: Timestamp | undefined;
  servicePeriodEndDate?: Timestamp | undefined;
  merchantAutoBillItemId?: string | undefined;
  sku?: string | undefined;
  name?: string | undefined;
  price?: string | undefined;
  taxClassification?: string | undefined;
  migrationTaxItems?: MigrationTaxItem[] | undefined;
}

export interface MigrationTransaction {
  account?: Account | undefined;
  merchantTransactionId?: string | undefined;
  type?: MigrationTransactionType | undefined;
  amount?: string | undefined;
  currency?: string | undefined;
  autoBillCycle?: number | undefined;
  merchantBillingPlanId?: string | undefined;
  billingPlanCycle?: number | undefined;
  billingDate?: Timestamp | undefined;
  retryNumber?: number | undefined;
  migrationTransactionItems?: MigrationTransactionItem[] | undefined;
  paymentMethod?: PaymentMethod | undefined;
  verificationCode?: string | undefined;
  taxInclusive?: boolean | undefined;
  taxExemptions?: TaxExemption[] | undefined;
  salesTaxAddress?: Address | undefined;
  shippingAddress?: Address | undefined;
  paymentProcessor?: string | undefined;
  paymentProcessorTransactionId?: string | undefined;
  divisionNumber?: string | undefined;
  merchantAffiliateId?: string | undefined;
  merchantAffiliateSubId?: string | undefined;
  preferredNotificationLanguage?: string | undefined;
  sourceIp?: string | undefined;
  nameValues?: NameValuePair[] | undefined;
  statusLog?: TransactionStatus[] | undefined;
}

export interface PhoneNumber {
  phoneType?: PhoneType | undefined;
  countryCode?: string | undefined;
  areaCode?: string | undefined;
  localNumber?: string | undefined;
  extension?: string | undefined;
  rawInput?: string | undefined;
}

export interface Mandate {
  created?: Timestamp | undefined;
  identifier?: string | undefined;
  status?: MandateStatus | undefined;
}

/** Input and output of each operation of Account. */
export interface AccountOperations {
  update: {
    input: { account?: Account | undefined; };
    output: { account?: Account | undefined; created: boolean; };
  };
  stopAutoBilling: {
    input: { account?: Account | undefined; autobills?: AutoBill[] | undefined; disentitle?: boolean | undefined; force?: boolean | undefined; cancelReasonCode?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  updatePaymentMethod: {
    input: { account?: Account | undefined; paymentMethod?: PaymentMethod | undefined; updateScopeOnAccount?: UpdateScope | undefined; updateBehavior?: PaymentUpdateBehavior | undefined; ignoreAvsPolicy?: boolean | undefined; ignoreCvnPolicy?: boolean | undefined; updateScopeOnChildren?: UpdateScope | undefined; };
    output: { account?: Account | undefined; validated: boolean; successes?: string[] | undefined; failures?: string[] | undefined; };
  };
  fetchByMerchantAccountId: {
    input: { merchantAccountId?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  fetchByExternalId: {
    input: { externalId?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  fetchByVid: {
    input: { vid?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  fetchByWebSessionVid: {
    input: { vid?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  fetchByEmail: {
    input: { emailAddress?: string | undefined; };
    output: { accounts?: Account[] | undefined; };
  };
  fetchCreatedSince: {
    input: { timestamp?: Timestamp | undefined; endTimestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { accounts?: Account[] | undefined; };
  };
  fetchByPaymentMethod: {
    input: { paymentMethod?: PaymentMethod | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { accounts?: Account[] | undefined; };
  };
  tokenBalance: {
    input: { account?: Account | undefined; tokens?: Token[] | undefined; };
    output: { tokenAmounts?: TokenAmount[] | undefined; };
  };
  tokenTransaction: {
    input: { account?: Account | undefined; transactions?: TokenTransaction[] | undefined; };
    output: { tokenAmounts?: TokenAmount[] | undefined; };
  };
  incrementTokens: {
    input: { account?: Account | undefined; tokenAmounts?: TokenAmount[] | undefined; };
    output: { tokenAmounts?: TokenAmount[] | undefined; };
  };
  decrementTokens: {
    input: { account?: Account | undefined; tokenAmounts?: TokenAmount[] | undefined; };
    output: { tokenAmounts?: TokenAmount[] | undefined; };
  };
  transfer: {
    input: { targetAccount?: Account | undefined; sourceAccount?: Account | undefined; };
    output: { mergedAccount?: Account | undefined; };
  };
  redeemGiftCard: {
    input: { account?: Account | undefined; giftcard?: GiftCard | undefined; credit?: number | undefined; };
    output: { giftcard?: GiftCard | undefined; account?: Account | undefined; };
  };
  grantCredit: {
    input: { account?: Account | undefined; credit?: Credit | undefined; note?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  revokeCredit: {
    input: { account?: Account | undefined; credit?: Credit | undefined; note?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  fetchCreditHistory: {
    input: { account?: Account | undefined; timestamp?: Timestamp | undefined; endTimestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { creditEventLogs?: CreditEventLog[] | undefined; };
  };
  fetchAllCreditHistory: {
    input: { timestamp?: Timestamp | undefined; endTimestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { creditEventLogs?: CreditEventLog[] | undefined; };
  };
  addChildren: {
    input: { parent?: Account | undefined; child?: Account[] | undefined; force?: boolean | undefined; payerReplacementBehavior?: AccountPayerReplacementBehavior | undefined; };
    output: { childAdded?: Account[] | undefined; };
  };
  removeChildren: {
    input: { parent?: Account | undefined; child?: Account[] | undefined; payerReplacementBehavior?: AccountPayerReplacementBehavior | undefined; };
    output: Record<never, never>;
  };
  fetchFamily: {
    input: { account?: Account | undefined; };
    output: { parent: Account; child?: Account[] | undefined; };
  };
  transferCredit: {
    input: { fromAccount?: Account | undefined; toAccount?: Account | undefined; credit?: Credit | undefined; };
    output: Record<never, never>;
  };
  makePayment: {
    input: { account?: Account | undefined; paymentMethod?: PaymentMethod | undefined; amount?: string | undefined; currency?: string | undefined; invoiceId?: string | undefined; overageDisposition?: PaymentOverageDisposition | undefined; note?: string | undefined; };
    output: { transaction?: Transaction | undefined; summary?: TransactionAttemptSummary | undefined; };
  };
  reversePayment: {
    input: { account?: Account | undefined; timestamp?: Timestamp | undefined; paymentId?: string | undefined; invoiceId?: string | undefined; indexNumber?: number | undefined; note?: string | undefined; };
    output: Record<never, never>;
  };
  isEntitled: {
    input: { account?: Account | undefined; merchantEntitlementId?: string | undefined; };
    output: { entitled?: boolean | undefined; };
  };
  grantEntitlement: {
    input: { account?: Account | undefined; entitlement?: Entitlement | undefined; note?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  revokeEntitlement: {
    input: { account?: Account | undefined; entitlement?: Entitlement | undefined; merchantEntitlementId?: string | undefined; note?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  extendEntitlementToDate: {
    input: { account?: Account | undefined; entitlement?: Entitlement | undefined; merchantEntitlementId?: string | undefined; extensionDate?: Timestamp | undefined; note?: string | undefined; };
    output: { account?: Account | undefined; };
  };
  extendEntitlementByInterval: {
    input: { account?: Account | undefined; entitlement?: Entitlement | undefined; merchantEntitlementId?: string | undefined; interval?: TimeInterval | undefined; note?: string | undefined; };
    output: { account?: Account | undefined; };
  };
}

/** Input and output of each operation of AutoBill. */
export interface AutoBillOperations {
  update: {
    input: { autobill?: AutoBill | undefined; immediateAuthFailurePolicy?: ImmediateAuthFailurePolicy | undefined; validateForFuturePayment?: boolean | undefined; minChargebackProbability?: number | undefined; ignoreAvsPolicy?: boolean | undefined; ignoreCvnPolicy?: boolean | undefined; campaignCode?: string | undefined; dryrun?: boolean | undefined; cancelReasonCode?: string | undefined; initialAuth?: InitialAuthStrategy | undefined; };
    output: { autobill?: AutoBill | undefined; authStatus?: TransactionStatus | undefined; score?: number | undefined; scoreCodes?: ScoreCode[] | undefined; initialTransaction?: Transaction | undefined; };
  };
  addCampaign: {
    input: { autobill?: AutoBill | undefined; product?: Product | undefined; item?: AutoBillItem | undefined; applyToBillingPlan?: boolean | undefined; campaignCode?: string | undefined; dryrun?: boolean | undefined; };
    output: { autobill?: AutoBill | undefined; };
  };
  fetchUpgradeHistoryByMerchantAutoBillId: {
    input: { merchantAutoBillId?: string | undefined; };
    output: { upgradeHistorySteps?: AutoBillUpgradeHistoryStep[] | undefined; };
  };
  fetchUpgradeHistoryByVid: {
    input: { vid?: string | undefined; };
    output: { upgradeHistorySteps?: AutoBillUpgradeHistoryStep[] | undefined; };
  };
  cancel: {
    input: { autobill?: AutoBill | undefined; disentitle?: boolean | undefined; force?: boolean | undefined; settle?: boolean | undefined; sendCancellationNotice?: boolean | undefined; cancelReasonCode?: string | undefined; };
    output: { autobill?: AutoBill | undefined; transactions?: Transaction[] | undefined; refunds?: Refund[] | undefined; };
  };
  delayBillingToDate: {
    input: { autobill?: AutoBill | undefined; newBillingDate?: string | undefined; movePermanently?: boolean | undefined; };
    output: { autobill?: AutoBill | undefined; nextBillingDate?: string | undefined; nextBillingAmount?: string | undefined; nextBillingCurrency?: string | undefined; };
  };
  delayBillingByDays: {
    input: { autobill?: AutoBill | undefined; delayDays?: number | undefined; movePermanently?: boolean | undefined; };
    output: { autobill?: AutoBill | undefined; nextBillingDate?: string | undefined; nextBillingAmount?: string | undefined; nextBillingCurrency?: string | undefined; };
  };
  changeBillingDayOfMonth: {
    input: { autobill?: AutoBill | undefined; dayOfMonth?: number | undefined; };
    output: { autobill?: AutoBill | undefined; nextBillingDate?: string | undefined; nextBillingAmount?: string | undefined; nextBillingCurrency?: string | undefined; };
  };
  fetchByAccountAndProduct: {
    input: { account?: Account | undefined; product?: Product | undefined; includeChildren?: boolean | undefined; };
    output: { autobills?: AutoBill[] | undefined; };
  };
  fetchByMerchantAutoBillId: {
    input: { merchantAutoBillId?: string | undefined; };
    output: { autobill?: AutoBill | undefined; };
  };
  fetchByVid: {
    input: { vid?: string | undefined; };
    output: { autobill?: AutoBill | undefined; };
  };
  fetchByWebSessionVid: {
    input: { vid?: string | undefined; };
    output: { autobill?: AutoBill | undefined; };
  };
  fetchByEmail: {
    input: { email?: string | undefined; };
    output: { autobills?: AutoBill[] | undefined; };
  };
  fetchByAccount: {
    input: { account?: Account | undefined; includeChildren?: boolean | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { autobills?: AutoBill[] | undefined; };
  };
  fetchFutureRebills: {
    input: { autobill?: AutoBill | undefined; quantity?: number | undefined; };
    output: { transactions?: Transaction[] | undefined; };
  };
  fetchDeltaSince: {
    input: { timestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; endTimestamp?: Timestamp | undefined; selectEvents?: AutoBillEventType[] | undefined; };
    output: { autobills?: AutoBill[] | undefined; };
  };
  redeemGiftCard: {
    input: { autobill?: AutoBill | undefined; giftcard?: GiftCard | undefined; credit?: number | undefined; };
    output: { giftcard?: GiftCard | undefined; autobill?: AutoBill | undefined; };
  };
  grantCredit: {
    input: { autobill?: AutoBill | undefined; credit?: Credit | undefined; note?: string | undefined; };
    output: { autobill?: AutoBill | undefined; };
  };
  revokeCredit: {
    input: { autobill?: AutoBill | undefined; credit?: Credit | undefined; note?: string | undefined; };
    output: { autobill?: AutoBill | undefined; };
  };
  fetchCreditHistory: {
    input: { autobill?: AutoBill | undefined; timestamp?: Timestamp | undefined; endTimestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { creditEventLogs?: CreditEventLog[] | undefined; };
  };
  fetchAllCreditHistory: {
    input: { timestamp?: Timestamp | undefined; endTimestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { creditEventLogs?: CreditEventLog[] | undefined; };
  };
  finalizeCarrierBilling: {
    input: { transactionVid?: string | undefined; confirmationCode?: string | undefined; };
    output: { authStatus?: TransactionStatus | undefined; autobill?: AutoBill | undefined; };
  };
  finalizePayPalAuth: {
    input: { payPalTransactionId?: string | undefined; success?: boolean | undefined; };
    output: { authStatus?: TransactionStatus | undefined; autobill?: AutoBill | undefined; };
  };
  finalizeCustomerAction: {
    input: { transactionVid?: string | undefined; };
    output: { authStatus?: TransactionStatus | undefined; autobill?: AutoBill | undefined; };
  };
  addCharge: {
    input: { autobill?: AutoBill | undefined; sku?: string | undefined; description?: string | undefined; taxClassification?: string | undefined; amount?: string | undefined; currency?: string | undefined; token?: Token | undefined; quantity?: number | undefined; campaignCode?: string | undefined; dryrun?: boolean | undefined; };
    output: Record<never, never>;
  };
  makePayment: {
    input: { autobill?: AutoBill | undefined; paymentMethod?: PaymentMethod | undefined; amount?: string | undefined; currency?: string | undefined; invoiceId?: string | undefined; overageDisposition?: PaymentOverageDisposition | undefined; usePaymentMethodForFutureBilling?: boolean | undefined; note?: string | undefined; };
    output: { transaction?: Transaction | undefined; summary?: TransactionAttemptSummary | undefined; };
  };
  reversePayment: {
    input: { autobill?: AutoBill | undefined; timestamp?: Timestamp | undefined; paymentId?: string | undefined; invoiceId?: string | undefined; indexNumber?: number | undefined; note?: string | undefined; };
    output: Record<never, never>;
  };
  fetchInvoice: {
    input: { autobill?: AutoBill | undefined; invoiceId?: string | undefined; asPDF?: boolean | undefined; statementTemplateId?: string | undefined; dunningIndex?: number | undefined; language?: string | undefined; };
    output: { invoice?: string | undefined; };
  };
  fetchInvoiceNumbers: {
    input: { autobill?: AutoBill | undefined; invoicestate?: InvoiceStates | undefined; };
    output: { invoicenum?: string[] | undefined; };
  };
  writeOffInvoice: {
    input: { autobill?: AutoBill | undefined; invoiceId?: string | undefined; };
    output: Record<never, never>;
  };
  fetchAllInSeason: {
    input: Record<never, never>;
    output: { autoBills?: AutoBill[] | undefined; };
  };
  fetchAllOffSeason: {
    input: Record<never, never>;
    output: { autoBills?: AutoBill[] | undefined; };
  };
  fetchRemainingPaymentDetails: {
    input: { autobill?: AutoBill | undefined; };
    output: { autobillRemainingBalanceInSet: string; billingPlanRemainingBalanceInSet: string; billingPlanRemainingPaymentsInSet: number; autobillItemRemainingPaymentDetails?: PaymentDetails[] | undefined; };
  };
  fetchDailyInvoiceBillings: {
    input: { startTimestamp?: Timestamp | undefined; endTimestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; };
    output: { transactions?: Transaction[] | undefined; };
  };
  modify: {
    input: { autobill?: AutoBill | undefined; billProratedPeriod?: boolean | undefined; effectiveDate?: string | undefined; changeBillingPlanTo?: BillingPlan | undefined; autoBillItemModifications?: AutoBillItemModification[] | undefined; dryrun?: boolean | undefined; };
    output: { autobill?: AutoBill | undefined; transaction?: Transaction | undefined; refunds?: Refund[] | undefined; };
  };
  migrate: {
    input: { autobill?: AutoBill | undefined; nextPeriodStartDate?: Timestamp | undefined; migrationTransactions?: MigrationTransaction[] | undefined; cancelReasonCode?: string | undefined; };
    output: { autobill: AutoBill; };
  };
  fetchBillingItemHistory: {
    input: { autobill?: AutoBill | undefined; };
    output: { autobill: AutoBill; autoBillItemHistory?: AutoBillItemHistoryRecord[] | undefined; billingPlanHistory?: BillingPlanHistoryRecord[] | undefined; };
  };
  fetchAllCancelReason: {
    input: Record<never, never>;
    output: { cancelReasons?: CancelReason[] | undefined; };
  };
  updateCancelReason: {
    input: { cancelReason?: CancelReason | undefined; };
    output: { cancelReason: CancelReason; };
  };
  settlementQuote: {
    input: { autobill?: AutoBill | undefined; force?: boolean | undefined; amountOnly?: boolean | undefined; };
    output: { amount?: string | undefined; currency?: string | undefined; token?: Token | undefined; note?: string | undefined; transactions?: Transaction[] | undefined; refunds?: Refund[] | undefined; };
  };
}

/** Input and output of each operation of BillingPlan. */
export interface BillingPlanOperations {
  update: {
    input: { billingPlan?: BillingPlan | undefined; };
    output: { billingPlan?: BillingPlan | undefined; created: boolean; };
  };
  fetchByVid: {
    input: { vid?: string | undefined; };
    output: { billingPlan?: BillingPlan | undefined; };
  };
  fetchByMerchantBillingPlanId: {
    input: { merchantBillingPlanId?: string | undefined; };
    output: { billingPlan?: BillingPlan | undefined; };
  };
  fetchByBillingPlanStatus: {
    input: { status?: BillingPlanStatus | undefined; };
    output: { billingPlans?: BillingPlan[] | undefined; };
  };
  fetchAll: {
    input: { page?: number | undefined; pageSize?: number | undefined; };
    output: { billingPlans?: BillingPlan[] | undefined; };
  };
  fetchByMerchantEntitlementId: {
    input: { merchantEntitlementId?: string | undefined; };
    output: { billingPlans?: BillingPlan[] | undefined; };
  };
  fetchAllInSeason: {
    input: Record<never, never>;
    output: { billingPlans?: BillingPlan[] | undefined; };
  };
  fetchAllOffSeason: {
    input: Record<never, never>;
    output: { billingPlans?: BillingPlan[] | undefined; };
  };
}

/** Input and output of each operation of Diagnostic. */
export interface DiagnosticOperations {
  getHello: {
    input: { quodlibet?: string | undefined; };
    output: { serverString: string; };
  };
  putHello: {
    input: { clientString?: string | undefined; };
    output: { serverEchoOfClientString?: string | undefined; };
  };
  echoString: {
    input: { clientString?: string | undefined; };
    output: { serverEchoOfClientString?: string | undefined; reference_ASCII_string?: string | undefined; reference_non_ASCII_string?: string | undefined; reference_non_Latin_string?: string | undefined; };
  };
  echoStringByProxy: {
    input: { version?: string | undefined; clientString?: string | undefined; };
    output: { serverEchoOfClientString?: string | undefined; reference_ASCII_string?: string | undefined; reference_non_ASCII_string?: string | undefined; reference_non_Latin_string?: string | undefined; };
  };
  getSomeMockTransactions: {
    input: { quodlibet?: string | undefined; };
    output: { transactions?: Transaction[] | undefined; };
  };
  putSomeMockTransactions: {
    input: { transactions?: Transaction[] | undefined; extra?: string | undefined; };
    output: { serverString: string; };
  };
  echoBoolean: {
    input: { clientBoolean?: boolean | undefined; };
    output: { serverEchoOfClientBoolean?: boolean | undefined; serverEchoOfClientBooleanAsInt?: bigint | undefined; };
  };
  echoDateTime: {
    input: { clientDateTime?: Timestamp | undefined; };
    output: { serverEchoOfClientDateTime?: Timestamp | undefined; serverEchoOfClientDateTimeAsInt?: bigint | undefined; };
  };
  echoMockActivityFulfillment: {
    input: { clientActivityFulfillment?: ActivityFulfillment | undefined; };
    output: { serverEchoOfClientActivityFulfillment?: ActivityFulfillment | undefined; };
  };
  uselessUseOfDiagnosticObject: {
    input: { uselessInput?: Diagnostic | undefined; };
    output: { uselessOutput: Diagnostic; };
  };
}

/** Input and output of each operation of Entitlement. */
export interface EntitlementOperations {
  fetchByEntitlementIdAndAccount: {
    input: { entitlementId?: string | undefined; account?: Account | undefined; showAll?: boolean | undefined; includeChildren?: boolean | undefined; };
    output: { entitlements?: Entitlement[] | undefined; };
  };
  fetchByAccount: {
    input: { account?: Account | undefined; showAll?: boolean | undefined; includeChildren?: boolean | undefined; };
    output: { entitlements?: Entitlement[] | undefined; };
  };
  fetchDeltaSince: {
    input: { timestamp?: Timestamp | undefined; page?: number | undefined; pageSize?: number | undefined; endTimestamp?: Timestamp | undefined; };
    output: { entitlements?: Entitlement[] | undefined; };
  };
}

/** Input and output of each operation of Product. */
export interface ProductOperations {
  update: {
    input: { product?: Product | undefined; duplicateBehavior?: DuplicateBehavior | undefined; };
    output: { product?: Product | undefined; created: boolean; };
  };
  fetchByVid: {
    input: { vid?: string | undefined; };
    output: { product?: Product | undefined; };
  };
  fetchByMerchantProductId: {
    input: { merchantProductId?: string | undefined; };
    output: { product?: Product | undefined; };
  };
  fetchByAccount: {
    input: { account?: Account | undefined; includeChildren?: boolean | undefined; };
    output: { products?: Product[] | undefined; };
  };
  fetchAll: {
    input: { page?: number | undefined; pageSize?: number | undefined; };
    output: { products?: Product[] | undefined; };
  };
  fetchByMerchantEntitlementId: {
    input: { merchantEntitlementId?: string | undefined; };
    output: { products?: Product[] | undefined; };
  };
}
