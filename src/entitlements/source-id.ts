/** The sourceId of an AutoBill's entitlements: what it names, and how. */

/** The object that the sourceId of an AutoBill's entitlement names. */
export interface AutoBillSource {
  /** The AutoBill's VID. */
  readonly autoBill: string;
  /** The VID of the product that gives it; undefined: the billing plan does. */
  readonly product: string | undefined;
}

/** The AutoBill's VID or, where one of its products gives it, both VIDs with a slash between them. */
export function writeSourceId({ autoBill, product }: AutoBillSource): string {
  return product === undefined ? autoBill : `${autoBill}/${product}`;
}

/** Reads what it was made of. */
export function readSourceId(sourceId: string): AutoBillSource {
  const [autoBill = '', product] = sourceId.split('/');
  return { autoBill, product };
}
