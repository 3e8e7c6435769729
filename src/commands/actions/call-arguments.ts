/** Turns `account.nameValues[0].name=tier` into a request, held against what the WSDL describes. */
import { didYouMean } from '../../base/nearest';

/** Elements by name: a type's name, or the elements in it; the name of a list ends with []. */
export interface Elements {
  readonly [name: string]: string | Elements;
}

const PAIR = /^([^=]+)=(.*)$/s;
const STEP = /^([^[\]]+)(?:\[(\d{1,4})\])?$/;

/** Beside the elements, node-soap's description has these. */
const NO_ELEMENTS: ReadonlySet<string> = new Set(['targetNSAlias', 'targetNamespace']);

/**
 * `account.nameValues[0].name=tier` → `{account: {nameValues: [{name: 'tier'}]}}`.
 * @param input what the operation takes
 * @throws Error that names an argument which isn't of that form, or an element which isn't there
 */
export function toArguments(pairs: readonly string[], input: Elements): Record<string, unknown> {
  const result: Record<string, unknown> = {};
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
    const [, name, index] = STEP.exec(step) ?? [];
    if (name === undefined) throw new Error(`"${path}" is not of the form a.b[0].c`);
    const within = steps.slice(0, depth).join('.');
    const found = findElement(elements, name, within);
    if (index !== undefined && !found.list)
      throw new Error(`${name} is no list: leave out [${index}]`);
    if (last && typeof found.type !== 'string') {
      throw new Error(
        `${path} has elements of its own: name one, as in ${path}.${first(found.type)}`,
      );
    }
    elements = found.type;
    const holder = index === undefined ? parent : ((parent[name] ??= []) as typeof parent);
    const key = index ?? name;
    if (last) holder[key] = value;
    else parent = (holder[key] ??= {}) as typeof parent;
  });
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
