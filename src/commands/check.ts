/** `latchkey check`: whether a database is whole, and its ledger and entitlements tell the same. */
import { Command } from 'commander';
import { checkDatabase } from '../store/sqlite/check';
import { addStoreOptions, existingDatabase } from './options';
import { printJson, printRow } from './print';

interface Options {
  readonly json?: boolean;
}

export function checkCommand(): Command {
  const command = new Command('check').description(
    'Check the database: its structure, that replaying the ledger gives exactly the present ' +
      'entitlements, and that orders give what their offers hold. Exit code 1 when something is wrong.',
  );
  return addStoreOptions(command).action(({ json }: Options) => {
    let findings = 0;
    const checked = checkDatabase(existingDatabase(command), (finding) => {
      findings += 1;
      if (json) printJson(finding);
      else printRow(finding.kind, finding.text);
    });
    if (json) printJson({ ...checked, findings });
    else console.log(summary(checked.entitlements, checked.ledgerLines, findings));
    if (findings > 0) process.exitCode = 1;
  });
}

function summary(entitlements: number, lines: number, findings: number): string {
  const wrong = findings === 0 ? 'nothing is wrong' : `${findings} wrong`;
  return `entitlements: ${entitlements}, lines of the ledger: ${lines}; ${wrong}`;
}
