/** Messages as CashBox sent them, and as its vendor's receivers describe them; made anonymous. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/server';

interface Sample {
  /** The signed text, byte for byte. */
  readonly text: string;
  readonly signature: string;
  /** The whole body of the URL-encoded format. */
  readonly form?: string;
}

const file = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'push-samples.json'), 'utf8')) as {
  readonly key: string;
  readonly samples: Readonly<Record<string, Sample>>;
};

/** The key that signed them. */
export const SAMPLE_KEY = file.key;

/** By class and event. */
export const SAMPLES = file.samples;

/** A message that was taken apart. */
export interface Parsed {
  readonly content: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, string>>;
}

/** A sample taken apart. */
export function sampleOf(name: string): Parsed {
  return JSON.parse(SAMPLES[name]?.text ?? '') as Parsed;
}

/** The names of all values of a document, with their places: `content.items[].product.VID string`. */
export function shapeOf(value: unknown, place = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => shapeOf(one, `${place}[]`)))];
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, part]) =>
      shapeOf(part, place === '' ? name : `${place}.${name}`),
    );
  }
  return [`${place} ${typeof value}`];
}
