/** Holds a command line against the tree of commands, and carries nothing out. */
import { type Command, CommanderError } from 'commander';
import { createProgram } from '../../src/commands/program';

/** Parts that a sentence may leave out when it names a command. */
const INCOMPLETE: readonly string[] = [
  'commander.missingArgument',
  'commander.optionMissingArgument',
];

/**
 * The error in a command line, or undefined.
 * @param line what stands after `latchkey`, as a shell reads it: up to a pipe, a redirection or `&`
 * @param whole whether every argument that is required has to be there
 */
export async function refusalOf(line: string, whole = true): Promise<string | undefined> {
  const program = createProgram();
  disarm(program);
  try {
    await program.parseAsync(wordsOf(line), { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and the version number are no refusal.
    if (error.exitCode === 0 || error.code === 'commander.help') return undefined;
    return !whole && INCOMPLETE.includes(error.code) ? undefined : error.message;
  }
}

/** Neither ends the process nor writes nor acts. */
function disarm(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  const { commands } = command;
  // A group of commands keeps its own action: it prints its help.
  if (commands.length === 0) command.action(() => {});
  commands.forEach(disarm);
}

const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'|>&;])+|[|>&;]/g;

function wordsOf(line: string): string[] {
  const words = line.match(WORD) ?? [];
  const end = words.findIndex((word) => /^[|>&;]$/.test(word));
  return (
    words
      .slice(0, end < 0 ? undefined : end)
      .map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'))
      // Placeholders for a value, or for more of the same.
      .filter((word) => word !== '…')
  );
}
