/**
 * Wire cases: one folder each under fixtures/cases. A case sends its requests one after another to
 * a fresh server and says what comes back and what the ledger gains. See fixtures/cases/README.md.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../src/config/settings';
import type { Demo } from '../../src/demo';
import type { BodyOptions } from './send';
import { ROOT, startTestServer, type TestServer } from './server';

export const CASES = join(ROOT, 'fixtures', 'cases');

/** The fields of `case.json`. */
interface CaseFile {
  readonly title: string;
  /** Merchants to start with; default: those of `seed.json`. */
  readonly seed?: readonly Demo[];
  readonly settings?: Partial<Settings>;
  /** ISO time of the server's clock; a list moves it on, one time a request. */
  readonly now?: string | readonly string[];
  /** How the bodies of the requests are turned into bytes. */
  readonly body?: BodyOptions;
}

export interface Step {
  /** `request.http`, or `1-request.http` and so on. */
  readonly request: string;
  readonly reply: string;
  /** Where the clock is set before it. */
  readonly now?: number;
}

export interface WireCase extends Omit<CaseFile, 'now'> {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Every file of the folder. */
  readonly files: readonly string[];
}

export function listCases(): WireCase[] {
  return readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readCase(name));
}

function readCase(name: string): WireCase {
  const { now, ...caseFile } = readJson(join(name, 'case.json')) as CaseFile;
  const files = readdirSync(join(CASES, name));
  const steps = files
    .filter((file) => file.endsWith('request.http'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((request, index): Step => {
      const time = typeof now === 'string' ? now : now?.[index];
      return {
        request,
        reply: request.replace('request.http', 'reply.http'),
        ...(time !== undefined && { now: Date.parse(time) }),
      };
    });
  return { name, files, steps, ...caseFile };
}

export function startCase({ seed, settings, steps }: WireCase): Promise<TestServer> {
  const now = steps[0]?.now;
  return startTestServer({
    merchants: seed ?? (readJson('seed.json') as Demo[]),
    ...(settings && { settings }),
    ...(now !== undefined && { now }),
  });
}

export function readText(wireCase: WireCase, file: string): string | undefined {
  const path = join(CASES, wireCase.name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Writes a file of a case, or takes it away where there is nothing to say. */
export function writeText(wireCase: WireCase, file: string, text: string | undefined): void {
  const path = join(CASES, wireCase.name, file);
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(CASES, file), 'utf8'));
}
