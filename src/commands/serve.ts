/** `latchkey serve`: runs the server until a signal ends it. */
import { Command } from 'commander';
import { SETTINGS, type Settings } from '../config/settings';
import { addSetting } from './options';
import type { ServeOptions } from './actions/serve';

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serve SOAP and REST requests until SIGINT or SIGTERM.')
    .option('--demo', 'give an empty database the demo merchant, and print what to try')
    .option('--json', 'print one line of JSON when it is ready, and the log on standard error')
    .option(
      '--end-with-input',
      'end when standard input does, as with the program that started it',
    );
  for (const name of Object.keys(SETTINGS) as Array<keyof Settings>) addSetting(command, name);
  return command.action(async (options: ServeOptions) =>
    (await import('./actions/serve.js')).serve(command, options),
  );
}
