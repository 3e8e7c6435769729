/**
 * Writes recorded calls as wire cases, a folder each, which is there whole or not at all.
 * Decided: docs/decisions/proxy.md
 */
import { readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CASE_FILE, type CaseFile, REPLY_FILE, REQUEST_FILE } from '../cases/case-folder';
import { EFFECTS_FILE } from '../cases/effects';
import type { HeardCall } from './heard-call';
import { NotKept } from './not-kept';
import { type CaseTools, type MadeCase, toCase } from './to-case';

/** The most cases of a folder. */
export const MOST_CASES = 100_000;

/** The most bytes of calls that wait to be written. */
const MOST_WAITING = 64 * 2 ** 20;

/** Customers' data: nobody else reads them. */
const OWN_FOLDER = 0o700;
const OWN_FILE = 0o600;

const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there; make the folder first',
  ENOTDIR: 'is no folder; name one',
};

/** @throws Error that says what to do when the folder is not there, or not empty */
export function requireEmptyFolder(option: string, folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const why = FAULTS[code];
    throw why === undefined ? error : new Error(`${option}: ${folder} ${why}`, { cause: error });
  }
  if (names.length > 0) {
    throw new Error(`${option}: ${folder} is not empty; name a folder that is`);
  }
}

/** What became of a call: the name of its case, or why it has none. */
export type Written = { readonly name: string } | { readonly reason: string };

/** Writes the cases of one folder, in the order in which their calls came. */
export class CaseWriter {
  private count = 0;
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** @param findEffects gives the text of a case's effects.json; undefined: it has none */
  constructor(
    private readonly folder: string,
    private readonly tools: CaseTools,
    private readonly findEffects: (
      made: MadeCase,
      at: number,
    ) => Promise<string | undefined> = () => Promise.resolve(undefined),
  ) {}

  /** The number of a call that has just come: its case gets it. */
  next(): number {
    this.count += 1;
    return this.count;
  }

  /** Writes a call once those before it are written. @param number what `next` gave it */
  write(number: number, call: HeardCall): Promise<Written> {
    const bytes = call.body.length + call.reply.length;
    if (number > MOST_CASES) {
      return Promise.resolve({ reason: `the folder has ${MOST_CASES} cases: name another` });
    }
    if (this.waiting + bytes > MOST_WAITING) {
      return Promise.resolve({ reason: 'the disk is too slow: too many calls wait' });
    }
    this.waiting += bytes;
    const written = this.last.then(() => this.writeNow(number, call));
    this.last = written.finally(() => (this.waiting -= bytes)).catch(() => undefined);
    return written;
  }

  /** Fulfils when all is written. */
  async end(): Promise<void> {
    await this.last;
  }

  private async writeNow(number: number, call: HeardCall): Promise<Written> {
    try {
      const made = await toCase(call, this.tools);
      const name = nameOf(number, made);
      const effects = await this.findEffects(made, call.at);
      await this.writeFiles(name, {
        [CASE_FILE]: `${JSON.stringify(fileOf(number, made), null, 2)}\n`,
        [REQUEST_FILE]: made.request,
        [REPLY_FILE]: made.reply,
        ...(effects !== undefined && { [EFFECTS_FILE]: effects }),
      });
      return { name };
    } catch (error) {
      if (error instanceof NotKept) return { reason: error.message };
      throw error;
    }
  }

  /** Under a name with a dot until all is there: what a kill leaves half is never taken for a case. */
  private async writeFiles(name: string, files: Readonly<Record<string, string>>): Promise<void> {
    const partial = join(this.folder, `.${name}`);
    await mkdir(partial, { mode: OWN_FOLDER });
    try {
      for (const [file, text] of Object.entries(files)) {
        await writeFile(join(partial, file), text, { mode: OWN_FILE });
      }
      await rename(partial, join(this.folder, name));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }
}

/** `grantEntitlement__000017`. */
function nameOf(number: number, { operation }: MadeCase): string {
  return `${operation.name}__${String(number).padStart(6, '0')}`;
}

function fileOf(number: number, { operation, outcome, file }: MadeCase): CaseFile {
  const end = outcome === '' ? '' : ` → ${outcome}`;
  return { title: `${operation.name}: recorded as number ${number}${end}`, ...file };
}
