/**
 * Wire cases: one folder each under fixtures/cases. A case sends its requests one after another to
 * a fresh server and says what comes back and what the ledger gains. See fixtures/cases/README.md.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../src/config/settings';
import type { Demo } from '../../src/demo';
import {
  type CaseFile as PlayedFile,
  readCase,
  type WireCase as PlayedCase,
} from '../../src/cases/case-folder';
import { ROOT, startTestServer, type TestServer } from './server';

export { readText } from '../../src/cases/case-folder';

export const CASES = join(ROOT, 'fixtures', 'cases');

/** The fields of `case.json`. */
interface CaseFile extends PlayedFile {
  /** Merchants to start with; default: those of `seed.json`. */
  readonly seed?: readonly Demo[];
  readonly settings?: Partial<Settings>;
}

export type WireCase = PlayedCase<CaseFile>;

/** @param folder that of the project's own cases, or another */
export function listCases(folder = CASES): WireCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readCase<CaseFile>(join(folder, name)));
}

/** @param postgres whether its store is on PostgreSQL; default: as everywhere */
export function startCase(
  { seed, settings, steps }: WireCase,
  postgres?: boolean,
): Promise<TestServer> {
  const now = steps[0]?.now;
  return startTestServer({
    merchants: seed ?? (JSON.parse(readFileSync(join(CASES, 'seed.json'), 'utf8')) as Demo[]),
    ...(settings && { settings }),
    ...(now !== undefined && { now }),
    ...(postgres !== undefined && { postgres }),
  });
}

/** Writes a file of a case, or takes it away where there is nothing to say. */
export function writeText({ folder }: WireCase, file: string, text: string | undefined): void {
  const path = join(folder, file);
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}
