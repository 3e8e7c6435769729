/** The action of `latchkey repair`. */
import type { Command } from 'commander';
import type { RepairedText } from '../../store/database';
import { oneLine, printJson, printLine } from '../print';
import { existingDatabase, namingDatabase, offered } from './with-store';

/** Its options. */
export interface RepairOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** Prints each text that was changed, and a summary. */
export async function repair(
  command: Command,
  { json, dryRun = false }: RepairOptions,
): Promise<void> {
  const database = existingDatabase(command);
  const texts: RepairedText[] = [];
  const repaired = await namingDatabase(database.name, () =>
    offered(database, 'repair')(dryRun, (text) => texts.push(text)),
  );
  for (const text of texts) {
    if (json) await printJson(text);
    else await printLine(`${oneLine(text.place)}: ${text.problem}; now ${oneLine(text.text)}`);
  }
  if (json) await printJson({ ...repaired, dryRun });
  else await printLine(summary(repaired.texts, repaired.ledgerLines, dryRun));
}

function summary(texts: number, lines: number, dryRun: boolean): string {
  const counts = `texts: ${texts}, lines of the ledger: ${lines}`;
  return dryRun ? `${counts}; nothing is changed, for this was a dry run` : counts;
}
