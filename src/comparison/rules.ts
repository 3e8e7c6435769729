/** Rules that say which differences don't count. */
import { isLike } from '../base/like';
import { type Difference, type Kind, KINDS } from './difference';

/** A rule: a place, and the kind of differences there. */
export interface Rule {
  /** Undefined: of every kind. */
  readonly kind: Kind | undefined;
  /** A path without numbers or with them; `*` stands for any text. What lies below counts, too. */
  readonly path: string;
}

/**
 * Reads `PATH`, or `KIND:PATH`, `order:return`.
 * @returns undefined where it is none
 */
export function readRule(text: string): Rule | undefined {
  const [, named, path = ''] = /^(?:(\w+):)?([\w.*[\]-]+)$/.exec(text) ?? [];
  if (path === '') return undefined;
  const kind = KINDS.find((each) => each === named);
  return named !== undefined && kind === undefined ? undefined : { kind, path };
}

/** Whether a rule says that a difference does not count. */
export function isIgnored(rules: readonly Rule[], { kind, path }: Difference): boolean {
  const plain = path.replace(/\[\d+\]/g, '');
  return rules.some((rule) => {
    if (rule.kind !== undefined && rule.kind !== kind) return false;
    return [path, plain].some(
      (each) =>
        isLike(rule.path, each) || isLike(`${rule.path}.*`, each) || isLike(`${rule.path}[*`, each),
    );
  });
}
