/** The table of operations: which are implemented, by which handler. */
import type { Operation } from '../contract/model';
import type { Selection } from '../contract/selection';
import type {
  AccountOperations,
  AutoBillOperations,
  BillingPlanOperations,
  DiagnosticOperations,
  EntitlementOperations,
  ProductOperations,
} from '../contract/types.generated';
import { type Merchant, StoreError } from '../store/store';
import * as account from './account/operations';
import * as autoBill from './auto-bill/operations';
import * as billingPlan from './billing-plan/operations';
import type { Handler, Surroundings } from './call';
import * as diagnostic from './diagnostic/operations';
import * as entitlement from './entitlement/operations';
import * as product from './product/operations';
import { storeFailed } from './returns';
import { forbidsSlashes, requireNoSlash } from './slashes';

type Handlers<Operations extends Record<keyof Operations, { input: unknown; output: unknown }>> = {
  readonly [Name in keyof Operations]?: Handler<Operations[Name]>;
};

const ACCOUNT: Handlers<AccountOperations> = account;
const AUTO_BILL: Handlers<AutoBillOperations> = autoBill;
const BILLING_PLAN: Handlers<BillingPlanOperations> = billingPlan;
const DIAGNOSTIC: Handlers<DiagnosticOperations> = diagnostic;
const ENTITLEMENT: Handlers<EntitlementOperations> = entitlement;
const PRODUCT: Handlers<ProductOperations> = product;

/** Service → operation → handler. An operation of the contract that isn't here answers 501. */
export const OPERATIONS = {
  Account: ACCOUNT,
  AutoBill: AUTO_BILL,
  BillingPlan: BILLING_PLAN,
  Diagnostic: DIAGNOSTIC,
  Entitlement: ENTITLEMENT,
  Product: PRODUCT,
} as const;

/** A call as the SOAP side hands it over. */
interface IncomingCall {
  readonly caller: Merchant;
  readonly soapId: string;
  readonly input: Record<string, unknown>;
  readonly selection: Selection;
}

/** Decoding by an operation's contract gives the input of its handler. */
type AnyHandler = Handler<{ input: Record<string, unknown>; output: object }>;

type FindHandler = (operation: Operation) => IncomingHandler | undefined;

interface IncomingHandler {
  (call: IncomingCall): Promise<object>;
  readonly takesInvalid?: readonly string[];
  readonly takesText?: readonly string[];
}

/** Binds the table. A test holds its names against the contract; no start waits for that. */
export function bindOperations(surroundings: Surroundings): FindHandler {
  const table = new Map<string, ReadonlyMap<string, IncomingHandler>>();
  for (const [service, handlers] of Object.entries(OPERATIONS)) {
    const bound = new Map<string, IncomingHandler>();
    table.set(service, bound);
    for (const [name, handler] of Object.entries(handlers as Record<string, AnyHandler>)) {
      bound.set(name, bind(handler, surroundings));
    }
  }
  return (operation) => {
    const handler = table.get(operation.service)?.get(operation.name);
    return handler && forbidsSlashes(operation) ? withoutSlashes(handler) : handler;
  };
}

/** The same handler for versions whose ids may not hold a slash. */
function withoutSlashes(handler: IncomingHandler): IncomingHandler {
  const handle = async (call: IncomingCall) => {
    requireNoSlash(call.input);
    return handler(call);
  };
  const { takesInvalid = [], takesText = [] } = handler;
  return Object.assign(handle, { takesInvalid, takesText });
}

function bind(handler: AnyHandler, surroundings: Surroundings): IncomingHandler {
  const handle = async ({ caller, soapId, input, selection }: IncomingCall) => {
    try {
      // With every call. Spread last: adding a property after a spread is ten times slower.
      return await handler({ merchant: caller, soapId, input, selection, ...surroundings });
    } catch (error) {
      throw error instanceof StoreError ? storeFailed(error) : error;
    }
  };
  const { takesInvalid = [], takesText = [] } = handler;
  return Object.assign(handle, { takesInvalid, takesText });
}
