/** The table of operations: which are implemented, by which handler. */
import type { Spent } from '../base/spent';
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
import { TimedStore } from '../store/timed-store';
import * as account from './account/operations';
import * as autoBill from './auto-bill/operations';
import * as billingPlan from './billing-plan/operations';
import type { CallSurroundings, Handler } from './call';
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
  readonly spent: Spent;
}

/** Decoding by an operation's contract gives the input of its handler. */
type AnyHandler = Handler<{ input: Record<string, unknown>; output: object }>;

type FindHandler = (operation: Operation) => IncomingHandler | undefined;

interface IncomingHandler {
  (call: IncomingCall): Promise<object>;
  readonly takesInvalid?: readonly string[];
  readonly takesText?: readonly string[];
}

/** A handler, for versions whose ids may hold a slash and for those whose may not. */
interface BoundHandler {
  readonly handle: IncomingHandler;
  readonly handleWithoutSlashes: IncomingHandler;
}

/** Binds the table. A test holds its names against the contract; no start waits for that. */
export function bindOperations(surroundings: CallSurroundings): FindHandler {
  const table = new Map<string, ReadonlyMap<string, BoundHandler>>();
  for (const [service, handlers] of Object.entries(OPERATIONS)) {
    const bound = new Map<string, BoundHandler>();
    table.set(service, bound);
    for (const [name, handler] of Object.entries(handlers as Record<string, AnyHandler>)) {
      const handle = bind(handler, surroundings);
      bound.set(name, { handle, handleWithoutSlashes: withoutSlashes(handle) });
    }
  }
  return (operation) => {
    const bound = table.get(operation.service)?.get(operation.name);
    return forbidsSlashes(operation) ? bound?.handleWithoutSlashes : bound?.handle;
  };
}

/** The same handler, which takes no ids with a slash. */
function withoutSlashes(handler: IncomingHandler): IncomingHandler {
  const handle = async (call: IncomingCall) => {
    requireNoSlash(call.input);
    return handler(call);
  };
  const { takesInvalid = [], takesText = [] } = handler;
  return Object.assign(handle, { takesInvalid, takesText });
}

function bind(
  handler: AnyHandler,
  { store: all, newId, timeZone }: CallSurroundings,
): IncomingHandler {
  const handle = async ({ caller: merchant, soapId, input, selection, spent }: IncomingCall) => {
    try {
      const store = new TimedStore(all, spent);
      return await handler({ merchant, soapId, input, selection, store, newId, timeZone });
    } catch (error) {
      throw error instanceof StoreError ? storeFailed(error) : error;
    }
  };
  const { takesInvalid = [], takesText = [] } = handler;
  return Object.assign(handle, { takesInvalid, takesText });
}
