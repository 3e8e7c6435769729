/** Turns `account.nameValues[0].name=tier` into a request, held against what the WSDL describes. */
import { didYouMean } from '../../base/nearest';

/** Elements by name: a type's name, or the elements in it; the name of a list ends with []. */
export interface Elements {
  readonly [name: string]: string | Elements;
}

/** A request by its elements. */
export interface Arguments extends Record<string, unknown> {
  auth?: object;
}

const PAIR = /^([^=]+)=(.*)$/s;
const STEP = /^([^[\]]+)(?:\[(\d{1,4})\])?$/;

/** Beside the elements, node-soap's description has these. */
const NO_ELEMENTS: ReadonlySet<string> = new Set(['targetNSAlias', 'targetNamespace']);

/**
 * `account.nameValues[0].name=tier` → `{account: {nameValues: [{name: 'tier'}]}}`.
 * @param input what the operation takes
 * @throws Error that names an argument which isn't of that form, an element which isn't there, or one that is given
 * two values
 */
export function toArguments(pairs: readonly string[], input: Elements): Arguments {
  const result: Arguments = {};
  for (const pair of pairs) {
    const [, path, value] = PAIR.exec(pair) ?? [];
    if (path === undefined) throw new Error(`"${pair}" is not of the form name=value`);
    place(result, path, value ?? '', input);
  }
  return result;
}

function place(
  result: Record<string, unknown>,
  path: string,
  value: string,
  input: Elements,
): void {
  let elements: string | Elements = input;
  let parent = result;
  const steps = path.split('.');
  steps.forEach((step, depth) => {
    const last = depth === steps.length - 1;
    const [, name, given] = STEP.exec(step) ?? [];
    if (name === undefined) throw new Error(`"${path}" is not of the form a.b[0].c`);
    const within = steps.slice(0, depth).join('.');
    const found = findElement(elements, name, within);
    if (given !== undefined && !found.list)
      throw new Error(`${name} is no list: leave out [${given}]`);
    if (last && typeof found.type !== 'string') {
      throw new Error(
        `${path} has elements of its own: name one, as in ${path}.${first(found.type)}`,
      );
    }
    elements = found.type;
    // The first of a list may go without its number.
    const index = given ?? (found.list ? '0' : undefined);
    const holder = index === undefined ? parent : ((parent[name] ??= []) as typeof parent);
    const key = index ?? name;
    if (last) set(holder, key, value, path);
    else parent = (holder[key] ??= {}) as typeof parent;
  });
}

/** @throws Error when it has another value already */
function set(holder: Record<string, unknown>, key: string, value: string, path: string): void {
  if (Object.hasOwn(holder, key) && holder[key] !== value) {
    const end = Array.isArray(holder) ? '; number the members of a list, from [0] on' : '';
    throw new Error(`${path} is given twice, with different values${end}`);
  }
  holder[key] = value;
}

function findElement(elements: string | Elements, name: string, within: string) {
  if (typeof elements === 'string') throw new Error(`${within} has no elements`);
  for (const [key, list] of [
    [name, false],
    [`${name}[]`, true],
  ] as const) {
    const type = Object.hasOwn(elements, key) ? elements[key] : undefined;
    if (type !== undefined && !NO_ELEMENTS.has(key)) return { type, list };
  }
  const where = within === '' ? 'the request' : within;
  throw new Error(`${where} has no element ${name}${didYouMean(name, namesOf(elements))}`);
}

function namesOf(elements: Elements): string[] {
  return Object.keys(elements)
    .filter((key) => !NO_ELEMENTS.has(key))
    .map((key) => key.replace(/\[\]$/, ''));
}

function first(elements: Elements): string {
  return namesOf(elements)[0] ?? '';
}
