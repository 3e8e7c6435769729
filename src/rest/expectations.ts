/** Says what a value of a request has to be, in this program's words: the messages of the validator's own problems. */
import type { z } from 'zod';

/** What a type is called. */
const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** Formats of texts. */
const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'must be a moment: ISO 8601 with an offset, as 2026-01-31T23:00:00Z',
  email: 'must be an e-mail address',
  url: 'must be a URL',
};

/**
 * The message of a problem, to stand after the name of the field: `must be at most 1000`. A schema's own message counts
 * before it.
 * @returns undefined where the validator's own has to do
 */
export function expectationOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected, issue.input);
    case 'invalid_value':
      return `must be ${oneOf(issue.values.map(String))}`;
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'too_big':
      return `must ${bound('at most', issue.maximum, issue.origin)}`;
    case 'too_small':
      return Number(issue.minimum) === 1 && issue.origin !== 'number' && issue.origin !== 'int'
        ? 'must not be empty'
        : `must ${bound('at least', issue.minimum, issue.origin)}`;
    default:
      return undefined;
  }
}

function ofType(expected: string, input: unknown): string | undefined {
  if (input === undefined) return 'is missing';
  const noun = NOUNS[expected];
  if (noun === undefined) return undefined;
  const given = input === null ? 'null' : NOUNS[Array.isArray(input) ? 'array' : typeof input];
  // A number that is none of the wanted ones.
  return given === undefined || (expected === 'int' && typeof input === 'number')
    ? `must be ${noun}`
    : `must be ${noun}, not ${given}`;
}

function oneOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}

/** What is counted, where it is not the value itself. */
const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function bound(words: string, limit: number | bigint, origin: string): string {
  const counted = COUNTED[origin];
  return counted === undefined ? `be ${words} ${limit}` : `have ${words} ${limit}${counted}`;
}
