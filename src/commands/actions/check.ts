/** The action of `latchkey check`. */
import type { Command } from 'commander';
import type { Finding } from '../../store/database';
import { oneLine, printJson, printLine } from '../print';
import { ProgressBar } from '../progress';
import { existingDatabase, namingDatabase, offered } from './with-store';

interface Options {
  readonly json?: boolean;
}

/** Prints what is wrong, and a summary; exit code 1 when anything is. */
export async function check(command: Command, { json }: Options): Promise<void> {
  const database = existingDatabase(command);
  const findings: Finding[] = [];
  const bar = ProgressBar.onTerminal('check');
  const checked = await namingDatabase(database.name, () =>
    offered(database, 'check')(
      (finding) => findings.push(finding),
      (what, done, of) => bar?.show(what, done, of),
    ),
  );
  for (const finding of findings) {
    if (json) await printJson(finding);
    else await printLine(`${finding.kind}\t${oneLine(finding.text)}`);
  }
  const { length } = findings;
  if (json) await printJson({ ...checked, findings: length });
  else await printLine(summary(checked.entitlements, checked.ledgerLines, length));
  if (length > 0) process.exitCode = 1;
}

function summary(entitlements: number, lines: number, findings: number): string {
  const wrong = findings === 0 ? 'nothing is wrong' : `${findings} wrong`;
  return `entitlements: ${entitlements}, lines of the ledger: ${lines}; ${wrong}`;
}
