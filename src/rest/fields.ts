/** Schemas that several calls share. */
import { z } from 'zod';

/** A moment in a request: ISO 8601 with an offset; comes out as UTC milliseconds. */
export const momentInput = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .meta({
    type: 'string',
    format: 'date-time',
    description: 'A moment: ISO 8601 with an offset.',
    example: '2026-01-31T23:00:00Z',
  });

/** A moment in an answer: ISO 8601, in UTC. */
export const momentOutput = z.iso
  .datetime()
  .meta({ description: 'A moment: ISO 8601, in UTC.', example: '2026-01-31T23:00:00.000Z' });

/** `true` or `false` in a query. */
export const queryBoolean = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'string', enum: ['true', 'false'] });

/**
 * A whole number in a query.
 * @param least the smallest that is taken
 * @param most the largest
 */
export function queryInteger(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .meta({ type: 'integer', minimum: least, maximum: most });
}
