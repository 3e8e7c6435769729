/** Runs a command line, and ends it with one line on the error output where it fails. */
import { type Command, CommanderError } from 'commander';
import { isLikeSetting } from '../config/prefix';
import { requireNode } from '../base/package';
import { findUnfit } from '../base/text';
import { OutputClosed, stdout } from './output';
import { createProgram } from './program';
import { describeError } from './reason';
import { refuseDropped } from './refuse-dropped';

/** @param argv as Node.js gives it; the exit code is set */
export async function runProgram(argv: readonly string[]): Promise<void> {
  // Its script has all commands.
  const program = createProgram(argv[2] === 'completion' ? undefined : argv[2]);
  const texts: string[] = [];
  forEachCommand(program, (command) => {
    capture(command, texts);
    refuseDropped(command);
  });
  program.hook('preAction', (_program, command) => reportUnknownVariables(command));
  try {
    requireNode(process.versions.node);
    requireFit(argv.slice(2));
    await parse(program, argv);
    for (const text of texts) await stdout.text(text);
    await stdout.flush();
  } catch (error) {
    await end(error);
  }
}

/**
 * Decided: docs/decisions/text.md.
 * @throws Error that names the flag, or the number of the argument, of a text that cannot be kept
 */
function requireFit(args: readonly string[]): void {
  for (const [index, text] of args.entries()) {
    const [, ownFlag, value = text] = /^(--[\w-]+)=(.*)$/s.exec(text) ?? [];
    const problem = findUnfit(value);
    if (problem === undefined) continue;
    const before = args[index - 1];
    const flag = ownFlag ?? (before?.startsWith('--') ? before : `argument ${index + 1}`);
    throw new Error(`${flag}: ${problem}`);
  }
}

/**
 * A shell reads `completion` at each of its starts; every other command says so before it begins. The
 * settings are loaded only where there is something to hold against them.
 */
async function reportUnknownVariables(command: Command): Promise<void> {
  if (command.name() === 'completion' || !Object.keys(process.env).some(isLikeSetting)) return;
  const { describeUnknownVariables } = await import('../config/unknown-variables.js');
  for (const line of describeUnknownVariables(process.env)) console.error(`latchkey: ${line}`);
}

/** Calls `visit` with a command and all below it. */
export function forEachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) forEachCommand(child, visit);
}

/** Lets help and version go the way of every output, and the process end by itself. */
function capture(command: Command, texts: string[]): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => texts.push(text),
    outputError: (text, write) => write(text.replace(/^error: /, 'latchkey: ')),
  });
}

/** The error of a command line has been printed; help and version are no errors. */
async function parse(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
}

async function end(error: unknown): Promise<void> {
  // The reader has all that it wanted.
  if (error instanceof OutputClosed) return;
  process.exitCode = 1;
  console.error(`latchkey: ${describeError(error)}`);
  // Earlier output stands, even when this cannot be written either.
  await stdout.flush().catch(() => undefined);
}
