/** `latchkey proxy`: stands between clients and another endpoint, and records what they say. */
import { Command, Option } from 'commander';
import { addSetting } from './options';
import { MODES } from '../proxy/mode';
import type { ProxyOptions } from './actions/proxy';

export function proxyCommand(): Command {
  return new Command('proxy')
    .description('Stand between clients and a CashBox endpoint, and record what they say.')
    .addCommand(run(), { isDefault: true });
}

function run(): Command {
  const command = new Command('run')
    .description('Forward requests until SIGINT or SIGTERM; `proxy` alone does the same.')
    .requiredOption('--upstream <url>', 'the endpoint: http or https, host and port, no path')
    .addOption(
      new Option('--mode <mode>', 'what is done with the calls')
        .choices(MODES)
        .makeOptionMandatory(),
    )
    .option('--cases <folder>', 'record: the empty folder that gets a wire case for each call')
    .option('--upstream-ca <file>', 'trust these certificates of the upstream, too: PEM')
    .option('--upstream-timeout <seconds>', 'how long the upstream may stand still (default: 60)');
  for (const name of ['host', 'port', 'logLevel', 'tlsCert', 'tlsKey'] as const) {
    addSetting(command, name);
  }
  return command.action(async (options: ProxyOptions) =>
    (await import('./actions/proxy.js')).runProxy(command, options),
  );
}
