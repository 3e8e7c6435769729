/**
 * The sparse response description: a JSON object that names the elements wanted in the reply
 * (documented). Its syntax beyond that is not public; the one accepted here is decided.
 */
import { Refusal } from '../base/refusal';
import type { Selection } from '../contract/selection';

/** Deeper srd objects are refused; no reply is nested that deep. */
const MAX_DEPTH = 50;

/**
 * Reads an srd. Absent, empty or blank: all. Values: true, null, "", "*" or {} mean the whole
 * element; an object only the parts it names; an array several names or objects; a string one
 * name; false leaves the element out. `1` and `0` count as true and false, quoted or not, for Perl and
 * PHP write truth so. The Return comes whole whatever is named.
 * @throws Refusal 400 when it is no JSON object of that form
 */
export function parseSrd(srd: string | undefined): Selection {
  if (srd === undefined) return 'all';
  const known = PARSED.get(srd);
  if (known !== undefined) return known;
  const selection = srd.trim() === '' ? 'all' : parse(srd);
  if (PARSED.size >= MAX_REMEMBERED) PARSED.clear();
  if (srd.length <= MAX_LENGTH) PARSED.set(srd, selection);
  return selection;
}

/**
 * A client sends the same few again and again. Results worked out for a selection, such as how to
 * write the reply, are then there, too.
 */
const PARSED = new Map<string, Selection>();
const MAX_REMEMBERED = 200;
/** Longer ones are not remembered: memory has its bounds. */
const MAX_LENGTH = 1000;

function parse(srd: string): Selection {
  let value: unknown;
  try {
    value = JSON.parse(srd);
  } catch (error) {
    throw notAnObject((error as Error).message);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notAnObject(`it is ${describe(value)}`);
  }
  const selection = toSelection(value, 0);
  return selection === 'all' ? 'all' : new Map(selection).set('return', 'all');
}

/** A selection that is being put together. */
type Parts = Map<string, 'all' | Parts>;

function toSelection(value: unknown, depth: number): 'all' | Parts {
  if (depth > MAX_DEPTH) throw notAnObject(`it is nested deeper than ${MAX_DEPTH} levels`);
  if (value === true || value === null || value === '' || value === '*') return 'all';
  if (typeof value === 'string') return new Map([[value, 'all' as const]]);
  if (typeof value !== 'object') throw notAnObject(`${describe(value)} names no elements`);
  const parts: Parts = new Map();
  if (Array.isArray(value)) {
    for (const item of value) {
      const selection = toSelection(item, depth + 1);
      if (selection === 'all') return 'all';
      for (const [name, part] of selection) add(parts, name, part);
    }
    return parts;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return 'all';
  for (const [name, part] of entries) {
    if (!FALSE.has(part)) add(parts, name, TRUE.has(part) ? 'all' : toSelection(part, depth + 1));
  }
  return parts;
}

/** The values beside an element's name that select it, or leave it out. */
const TRUE: ReadonlySet<unknown> = new Set([true, 1, '1']);
const FALSE: ReadonlySet<unknown> = new Set([false, 0, '0']);

/**
 * Naming an element twice selects what either names. Nothing else holds what is added, so that it
 * grows in place: a copy for each name would take time with the square of the srd's length.
 */
function add(parts: Parts, name: string, part: 'all' | Parts): void {
  const known = parts.get(name);
  if (known === undefined || part === 'all') {
    parts.set(name, part);
  } else if (known !== 'all') {
    for (const [inner, selection] of part) add(known, inner, selection);
  }
}

function notAnObject(reason: string): Refusal {
  return new Refusal(400, `srd must be a JSON object: ${reason}`);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return `a ${typeof value}`;
}
