/** How the commands that compare replies do it. */
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../base/package';
import { IGNORED_TYPES } from '../../cashbox/ignored-types';
import { KINDS } from '../../comparison/difference';
import { Ids } from '../../comparison/ids';
import { readRule, type Rule } from '../../comparison/rules';
import { loadContract } from '../../contract/contract';
import { createDateTimeFormat } from '../../soap/date-time';
import type { ComparisonOptions } from '../comparison-options';
import { wholeNumber } from './numbers';

/** Seconds: two servers that are asked one after the other each say their own present. */
const MOMENTS = 5;

/**
 * What the options say, and a memory for ids.
 * @throws Error that names the option that cannot be used
 */
export function readComparison({ ignore = [], moments }: ComparisonOptions) {
  const seconds = wholeNumber('--moments', moments, { least: 0, most: 86_400 }) ?? MOMENTS;
  return {
    tolerance: seconds * 1000,
    comparing: {
      contract: loadContract(join(PACKAGE_ROOT, 'wsdl')),
      ignoredTypes: IGNORED_TYPES,
      dateTime: createDateTimeFormat('UTC'),
      rules: ignore.map(toRule),
      ids: new Ids(),
    },
  };
}

function toRule(text: string): Rule {
  const rule = readRule(text);
  if (rule) return rule;
  throw new Error(
    `--ignore: "${text}" is no rule; give a path such as account.name, or KIND:PATH with one of ${KINDS.join(', ')}`,
  );
}
