/** The URL of a new endpoint on the command line: an option, or an argument in its place. */
import type { Command } from 'commander';

/** Adds both. @param described the URLs that are taken */
export function addEndpointUrl(command: Command, described: string): Command {
  return command.argument('[url]', 'the same as --url').option('--url <url>', described);
}

/** The URL that one of them gives. @throws Error when neither does, or they differ */
export function readEndpointUrl(argument: string | undefined, option: string | undefined): string {
  if (argument !== undefined && option !== undefined && argument !== option) {
    throw new Error(`--url ${option}: ${argument} is given as well; leave one of them out`);
  }
  const url = option ?? argument;
  if (url === undefined) throw new Error('name the URL that messages are sent to with --url');
  return url;
}
