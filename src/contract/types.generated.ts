/**
 * Generated from wsdl/ by `npm run generate`. Do not edit.
 *
 * Typed as decoding gives them and encoding takes them: a decimal is its text, an absent element
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

/** Who calls. */
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
