/**
 * From 23.0 on, ids may not hold a slash (documented).
 * Decided: docs/decisions/look-ups.md
 */
import type { Operation } from '../contract/model';
import { elementRefused } from './returns';

const SINCE = 23;

/**
 * The operations that make what an id names (decided: a look-up, or a call that ends something, still
 * finds what older versions made).
 */
const MAKERS: ReadonlySet<string> = new Set([
  'Account.update',
  'Account.addChildren',
  'Account.grantEntitlement',
  'AutoBill.update',
  'AutoBill.modify',
  'BillingPlan.update',
  'Product.update',
]);

/** Ids are what the merchant names things by; those of other systems are not (decided). */
const IDS: ReadonlySet<string> = new Set([
  'merchantAccountId',
  'merchantAutoBillId',
  'merchantAutoBillItemId',
  'merchantBillingPlanId',
  'merchantEntitlementId',
  'merchantProductId',
]);
/** Holds each of its ids in an element of the name `id`. */
const HOLDS_IDS = 'merchantEntitlementIds';

/** Whether the ids of the operation's message may not hold a slash. */
export function forbidsSlashes({ service, name, version }: Operation): boolean {
  return Number(version.version) >= SINCE && MAKERS.has(`${service}.${name}`);
}

/** @param input a message, or an object within it. @throws Refusal that names the first such id */
export function requireNoSlash(input: object, path = ''): void {
  for (const [name, value] of Object.entries(input) as Array<[string, unknown]>) {
    const here = `${path}${name}`;
    if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => look(name, item, `${here}[${index + 1}]`));
    } else {
      look(name, value, here);
    }
  }
}

function look(name: string, value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (IDS.has(name)) requireNone(value, path);
  } else if (typeof value === 'object' && value !== null) {
    if (name === HOLDS_IDS && 'id' in value) requireNone(String(value.id), `${path}.id`);
    requireNoSlash(value, `${path}.`);
  }
}

function requireNone(id: string, path: string): void {
  if (id.includes('/')) throw elementRefused(path, 'must not hold "/"');
}
