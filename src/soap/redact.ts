/** Takes passwords and payment data out of the text of a message: whatever stands in elements that hold them. */
import type { ContractVersion } from '../contract/model';

/** Between elements: comments, CDATA, instructions and tags, each whole. */
const PIECES =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/?([^\s>/"'=]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;

/** Stands for what was taken out. */
export const HIDDEN = '***';

/** Elements that are secret by themselves; a header may hold credentials of any kind. */
const SECRET = ['password', 'Header'];

/** The names of secret elements, by version. */
const NAMES = new WeakMap<ContractVersion, ReadonlySet<string>>();

/**
 * Whether an element of a local name, or one whose xsi:type has it, holds secrets.
 * @param ignoredTypes the contract's types that hold payment data; the same for every call
 */
export function isSecretIn(
  version: ContractVersion,
  ignoredTypes: ReadonlySet<string>,
): (name: string) => boolean {
  let names = NAMES.get(version);
  if (!names) NAMES.set(version, (names = secretNames(version, ignoredTypes)));
  const known = names;
  return (name) => known.has(name) || ignoredTypes.has(name);
}

function secretNames(
  { types, services }: ContractVersion,
  ignoredTypes: ReadonlySet<string>,
): ReadonlySet<string> {
  const names = new Set(SECRET);
  const messages = [...services.values()].flatMap(({ operations }) =>
    [...operations.values()].flatMap(({ input, output }) => [input, output]),
  );
  for (const type of [...types.values(), ...messages]) {
    if (type.kind !== 'complex') continue;
    for (const field of type.fields) if (ignoredTypes.has(field.type.name)) names.add(field.name);
  }
  return names;
}

/**
 * The text with `***` for all that stands in secret elements.
 * @param isSecret whether the element of a local name is, or one of an xsi:type
 * @returns undefined where the elements are not closed as they should be: then nothing is sure
 */
export function redact(text: string, isSecret: (name: string) => boolean): string | undefined {
  let result = '';
  let shown = 0;
  /** The elements that are open from the secret one on. */
  let depth = 0;
  for (const piece of text.matchAll(PIECES)) {
    const [whole, qualified, rest = ''] = piece;
    if (depth === 0) result += text.slice(shown, piece.index);
    shown = piece.index + whole.length;
    const name = qualified?.replace(/^.*:/, '');
    if (name === undefined) {
      // A comment may hold a request of before.
      if (depth === 0) result += whole.startsWith('<!--') ? `<!--${HIDDEN}-->` : whole;
      continue;
    }
    const closes = whole.startsWith('</');
    const isEmpty = rest.endsWith('/');
    if (depth > 0) {
      if (closes) depth -= 1;
      else if (!isEmpty) depth += 1;
      if (depth === 0) result += `${HIDDEN}${whole}`;
      continue;
    }
    result += whole;
    const type = /:type\s*=\s*["'](?:[^"':]*:)?([^"']*)["']/.exec(rest)?.[1];
    if (!closes && !isEmpty && (isSecret(name) || (type !== undefined && isSecret(type))))
      depth = 1;
  }
  return depth === 0 ? result + text.slice(shown) : undefined;
}
