/**
 * Writes an object of the contract as push messages have it: SOAP's names, every single value as text.
 * Decided: docs/decisions/push.md
 */
import { IGNORED_TYPES } from '../cashbox/ignored-types';
import type { ComplexType, Field, Type } from '../contract/model';
import { chooseValue, isKnown } from '../contract/one-of';
import type { DateTimeFormat } from '../soap/date-time';

/** An object of a message. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What is there of a type whatever is kept: CashBox computes it (observed). Computed numbers are no texts. */
const COMPUTED: Readonly<Record<string, JsonObject>> = {
  AutoBill: { subscriptionBalance: 0 },
  Product: { creditGranted: {} },
};

/**
 * An object by its type. What is absent, empty lists and values that the version lacks are left out; payment data never
 * appears.
 */
export function writeObject(
  value: object,
  type: ComplexType,
  dateTime: DateTimeFormat,
): JsonObject {
  const computed = COMPUTED[type.name] ?? {};
  const written: Array<readonly [string, unknown]> = [];
  for (const field of type.fields) {
    const { name } = field;
    const part =
      name in computed ? computed[name] : writeField((value as JsonObject)[name], field, dateTime);
    if (part !== undefined) written.push([name, part]);
  }
  return Object.fromEntries(written);
}

function writeField(value: unknown, { type, repeated }: Field, dateTime: DateTimeFormat): unknown {
  if (value === undefined || IGNORED_TYPES.has(type.name)) return undefined;
  if (!repeated) return writeValue(chooseValue(value, type), type, dateTime);
  const list = (value as readonly unknown[]).map((one) => writeValue(one, type, dateTime));
  const known = list.filter((one) => one !== undefined);
  return known.length > 0 ? known : undefined;
}

function writeValue(value: unknown, type: Type, dateTime: DateTimeFormat): unknown {
  if (value === undefined || !isKnown(value, type)) return undefined;
  if (type.kind === 'complex') return writeObject(value as object, type, dateTime);
  if (typeof value === 'boolean') return value ? '1' : '0';
  const isMoment = type.name === 'dateTime' && typeof value === 'number';
  return isMoment ? dateTime.format(value) : `${value as string | number | bigint}`;
}
