/** The action of `latchkey store copy`. */
import type { Command } from 'commander';
import { type Copied, copyDatabase, countRows, EndError } from '../../store/copy-database';
import type { CopySource } from '../../store/copy-ends';
import type { Database } from '../../store/database';
import { findDatabase } from '../../store/open';
import { toStoreError } from '../../store/sqlite/errors';
import { StoreError } from '../../store/store-error';
import { settingsOf } from '../options';
import { oneLine, printFields, printJson, printLine } from '../print';
import { ProgressBar } from '../progress';
import { checkShown } from './check';
import { namingDatabase, requireKept } from './with-store';

/** Its options. */
export interface CopyOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** What is copied where, as URLs. */
interface Places {
  readonly source: string;
  readonly target: string;
}

/** Both ends before they are opened. */
interface Ends {
  readonly source: Database;
  readonly target: Database;
}

/** Copies a database, compares both, and checks what can be checked; exit code 1 when anything is wrong. */
export async function copyStore(
  command: Command,
  places: Places,
  { json = false, dryRun = false }: CopyOptions,
): Promise<void> {
  const ends = findEnds(command, places);
  const copied = await copy(ends, dryRun);
  const checks = dryRun ? [] : await checkEnds(ends, json);
  if (checks.some(({ findings }) => findings > 0)) process.exitCode = 1;
  const [source, target] = [ends.source.name, ends.target.name];
  if (json) {
    const tables = Object.fromEntries(copied.tables);
    await printJson({ source, target, dryRun, rows: copied.rows, tables, checks });
    return;
  }
  await printFields({
    [dryRun ? 'would copy' : 'copied']: `${source} to ${target}`,
    accounts: copied.tables.get('account'),
    entitlements: copied.tables.get('entitlement'),
    'ledger lines': copied.tables.get('ledger'),
    'all rows': copied.rows,
    ...Object.fromEntries(checks.map(({ database, text }) => [`check of ${database}`, text])),
  });
}

function findEnds(command: Command, places: Places): Ends {
  const settings = settingsOf(command);
  const source = findDatabase(places.source, settings);
  const target = findDatabase(places.target, settings);
  for (const end of [source, target]) requireKept(end);
  if (!source.exists()) throw new Error(`there is no database at ${source.name}`);
  return { source, target };
}

async function copy({ source, target }: Ends, dryRun: boolean): Promise<Copied> {
  const from = await namingDatabase(source.name, () => source.copySource());
  try {
    await namingDatabase(target.name, () => target.requireFree());
    const copied = await (dryRun ? countRows(from) : copyTo(from, target));
    return copied;
  } catch (error) {
    if (!(error instanceof EndError)) throw error;
    const { name } = error.end === 'source' ? source : target;
    const fail = () =>
      namingDatabase<never>(name, () => {
        throw error.cause;
      });
    return await (dryRun ? fail() : sayingHowToGoOn(fail));
  } finally {
    await from.close();
  }
}

/** An end that cannot work at present, because of its disk or the way to it, keeps what it has. A damaged one is none of those. */
async function sayingHowToGoOn(fail: () => Promise<never>): Promise<never> {
  try {
    return await fail();
  } catch (error) {
    const { message, cause } = error as Error;
    const failure = toStoreError(cause);
    if (!(failure instanceof StoreError) || failure.kind !== 'unavailable') throw error;
    const { code = '' } = (failure.cause ?? {}) as { code?: string };
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error;
    const text = `${message}; what is copied stays: the same command goes on with it`;
    throw new Error(text, { cause: error });
  }
}

async function copyTo(from: CopySource, target: Database): Promise<Copied> {
  const to = await namingDatabase(target.name, () => target.copyTarget());
  const bar = new ProgressBar('copy');
  try {
    return await copyDatabase(from, to, (table, done, of) => bar.show(table, done, of));
  } finally {
    await to.close();
  }
}

/** What a check found. */
interface EndCheck {
  readonly database: string;
  readonly findings: number;
  /** The same in words. */
  readonly text: string;
}

/** Checks the ends whose driver can, and prints the findings. */
async function checkEnds({ source, target }: Ends, json: boolean): Promise<EndCheck[]> {
  const checks: EndCheck[] = [];
  for (const end of [source, target]) {
    if (!end.check) continue;
    const database = end.name;
    let findings = 0;
    await checkShown(end, async (finding) => {
      findings += 1;
      if (json) await printJson({ database, ...finding });
      else await printLine(`${database}\t${finding.kind}\t${oneLine(finding.text)}`);
    });
    const text = findings === 0 ? 'nothing is wrong' : `${findings} wrong`;
    checks.push({ database, findings, text });
  }
  return checks;
}
