/**
 * The requests of our own calls hold what their schemas name, and nothing else: a filter with a slip in its name
 * would otherwise be dropped without a word, and the answer be about everything.
 * Decided: docs/decisions/rest-edge.md
 */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { quote } from '../base/quote';

/** The parts of a request whose names a caller may get wrong. */
interface Parts {
  readonly query?: z.ZodObject | undefined;
  readonly body?: z.ZodType | undefined;
}

/** The most unknown names that a message lists. */
const MAX_NAMES = 10;

/**
 * The parts of a call as schemas that refuse a name they don't know; without a query, every parameter is one.
 * @throws Error for a body that is no object: its names cannot be closed
 */
export function close(parts: Parts): Parts {
  const { query = z.object({}), body } = parts;
  return { query: query.strict(), ...(body ? { body: closeBody(body) } : {}) };
}

function closeBody(body: z.ZodType): z.ZodType {
  if (body instanceof z.ZodOptional) return closeBody(body.unwrap() as z.ZodType).optional();
  if (body instanceof z.ZodObject) return body.strict();
  // Its options are objects that close themselves: a union cannot be made anew with its error.
  if (body instanceof z.ZodDiscriminatedUnion) return body;
  // Its items close themselves, too.
  if (body instanceof z.ZodArray) return body;
  throw new Error('the body of a call of our own must be an object');
}

/** The same body as one that takes any name beside those that it knows, for a document that says so. */
export function opened(body: z.ZodType): z.ZodType {
  return body instanceof z.ZodObject ? body.loose() : body;
}

/**
 * The message about names that a part doesn't know.
 * @param unknown as the caller spelt them
 * @param place the part, or the field of it that has them
 */
export function describeUnknown(
  unknown: readonly string[],
  place: string,
  schema: z.ZodType,
): string {
  const names = unknown.slice(0, MAX_NAMES).map(quote).join(', ');
  const known = namesOf(schema);
  const takes = known.length === 0 ? 'nothing' : known.join(', ');
  return `${place} must not have ${names}: this call takes ${takes} there`;
}

/** The schema of the part of a value that a path leads to, or of the nearest part above it that is described. */
export function partAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType {
  const [name, ...rest] = path;
  if (name === undefined) return schema;
  if (schema instanceof z.ZodOptional) return partAt(schema.unwrap() as z.ZodType, path);
  const part =
    schema instanceof z.ZodObject ? (schema.shape[String(name)] as z.ZodType) : undefined;
  return part ? partAt(part, rest) : schema;
}

function namesOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodOptional) return namesOf(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** Whether a request comes with a body, be it read or not. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
