/** Holds a part of a request against its schema. */
import { z } from 'zod';
import { findUnfit } from '../base/text';
import { describeUnknown, partAt } from './closed';
import { expectationOf } from './expectations';

/** The most problems that one answer lists. */
export const MAX_PROBLEMS = 10;

/**
 * @param name names the part where a problem is with the whole of it: `the body`
 * @returns the part as the schema transforms it, or its problems, each of which names a field
 */
export function checkPart(
  anySchema: z.ZodType,
  value: unknown,
  name: string,
): { readonly data?: unknown; readonly problems: readonly string[] } {
  const schema = narrowed(anySchema, value);
  const result = schema.safeParse(value, { error: expectationOf });
  if (result.success) {
    const problems: string[] = [];
    for (const problem of unfitTexts(result.data, name)) {
      if (problems.push(problem) >= MAX_PROBLEMS) break;
    }
    return { data: result.data, problems };
  }
  const issues = result.error.issues.slice(0, MAX_PROBLEMS);
  return { problems: issues.map((issue) => describe(issue, name, schema)) };
}

/** Of several schemas that a field of the value chooses from, the chosen one: only that knows its names. */
function narrowed(schema: z.ZodType, value: unknown): z.ZodType {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const { discriminator } = schema.def;
  const options = schema.options as readonly z.ZodObject[];
  const chosen = (Object(value) as Record<string, unknown>)[discriminator];
  const takes = (one: z.ZodObject) =>
    (one.shape[discriminator] as z.ZodType).safeParse(chosen).success;
  return options.find(takes) ?? schema;
}

/** The texts of a checked value that cannot be kept, with their places. */
function* unfitTexts(value: unknown, place: string): Generator<string> {
  if (typeof value === 'string') {
    const problem = findUnfit(value);
    if (problem !== undefined) yield `${place}: ${problem}`;
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      yield* unfitTexts(part, /^the /.test(place) ? name : `${place}.${name}`);
    }
  }
}

/** `limit must be at most 1000`; a problem with the whole is named after the whole. */
function describe(issue: z.core.$ZodIssue, whole: string, schema: z.ZodType): string {
  const path = issue.path;
  const name = path.length > 0 ? path.join('.') : whole;
  if (issue.code === 'unrecognized_keys') {
    return describeUnknown(issue.keys, name, partAt(schema, path));
  }
  const message = messageOf(issue);
  return message.startsWith('is ') || message.startsWith('must ')
    ? `${name} ${message}`
    : `${name}: ${message}`;
}

/** Where a value may be one of several things, the expectation of the first, the usual one. */
function messageOf(issue: z.core.$ZodIssue): string {
  const usual = issue.code === 'invalid_union' ? issue.errors[0]?.[0] : undefined;
  return usual ? messageOf(usual) : issue.message;
}
