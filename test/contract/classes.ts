/** The classes of 22.0, with the number of operations of each. */
export const OPERATION_COUNTS: Readonly<Record<string, number>> = {
  Account: 31,
  Activity: 1,
  Address: 2,
  AutoBill: 40,
  BillingPlan: 8,
  Campaign: 14,
  Chargeback: 11,
  Diagnostic: 10,
  ElectronicSignature: 2,
  EmailTemplate: 5,
  Entitlement: 3,
  GiftCard: 2,
  NameValuePair: 2,
  PaymentMethod: 6,
  PaymentProvider: 2,
  Product: 6,
  RatePlan: 12,
  Refund: 6,
  SeasonSet: 9,
  Token: 2,
  Transaction: 20,
  WebSession: 3,
};

export const CLASSES = Object.keys(OPERATION_COUNTS);
