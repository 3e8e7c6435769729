/** Options that the commands of a simulation share. Loads nothing that only a running command needs. */
import type { Command } from 'commander';

/** The options of every one. */
export interface ControlOptions {
  readonly url?: string;
  readonly merchant?: string;
  readonly json?: boolean;
}

/** Adds where the server is. */
export function addUrl(command: Command): Command {
  return command.option(
    '--url <url>',
    "the simulation (default: this machine's server, as the settings have it)",
  );
}

/** Adds what a command has that is about no merchant, or names it otherwise. */
export function addServerOptions(command: Command): Command {
  return addUrl(command).option('--json', 'print JSON, one document a line');
}

/** Adds what a command has that is about one merchant. */
export function addControlOptions(command: Command): Command {
  return addServerOptions(command.option('--merchant <login>', 'of this merchant (default: demo)'));
}

/** What is expected of requests, beside operation and fields. */
export interface ExpectationOptions extends ControlOptions {
  readonly api?: string;
}

/** Adds the arguments that say which requests are meant. */
export function addExpectation(command: Command): Command {
  return command
    .argument(
      '<operation>',
      'such as revokeEntitlement, Account.revokeEntitlement, "Account.*" or, of REST, revokeOrder; "*" for every one',
    )
    .argument('[fields...]', 'such as account.merchantAccountId=xyz123; * in a value is any text')
    .option('--api <soap|rest>', 'only requests of this one');
}
