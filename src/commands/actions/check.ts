/** The action of `latchkey check`. */
import { constants, setPriority } from 'node:os';
import type { Command } from 'commander';
import type { Checked, Database, Finding } from '../../store/database';
import { stdout } from '../output';
import { oneLine, printJson, printLine } from '../print';
import { ProgressBar } from '../progress';
import { existingDatabase, namingDatabase, offered } from './with-store';

interface Options {
  readonly json?: boolean;
}

/** Prints what is wrong as it is found, and a summary; exit code 1 when anything is. */
export async function check(command: Command, { json = false }: Options): Promise<void> {
  giveWay();
  const database = existingDatabase(command);
  let findings = 0;
  const checked = await checkShown(database, async (finding) => {
    findings += 1;
    if (json) await printJson(finding);
    else await printLine(`${finding.kind}\t${oneLine(finding.text)}`);
  });
  if (json) await printJson({ ...checked, findings });
  else await printLine(summary(checked.entitlements, checked.ledgerLines, findings));
  if (findings > 0) process.exitCode = 1;
}

/** Beside a server the processor is the server's first. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where that isn't allowed, it goes on as it is.
  }
}

/**
 * Checks a database with a bar on a terminal. Findings are printed when their piece has been read, so that neither
 * they are kept nor a reader that stands still has the write-ahead log grow.
 * @param print prints a finding
 */
export async function checkShown(
  database: Database,
  print: (finding: Finding) => Promise<void>,
): Promise<Checked> {
  const bar = ProgressBar.onTerminal('check');
  const show = async (found: readonly Finding[]) => {
    bar?.clear();
    for (const finding of found) await print(finding);
    await stdout.flush();
  };
  return namingDatabase(database.name, () =>
    offered(database, 'check')(show, (what, done, of) => bar?.show(what, done, of)),
  );
}

function summary(entitlements: number, lines: number, findings: number): string {
  const wrong = findings === 0 ? 'nothing is wrong' : `${findings} wrong`;
  return `entitlements: ${entitlements}, lines of the ledger: ${lines}; ${wrong}`;
}
