/** `latchkey proxy`: stands between clients and another endpoint: records, answers in its stead, or compares. */
import { Command, Option } from 'commander';
import { MODES } from '../proxy/mode';
import type { ProxyOptions } from './actions/proxy';
import type { ReportOptions } from './actions/proxy-report';
import { addComparison } from './comparison-options';
import { addSetting } from './options';

export function proxyCommand(): Command {
  return new Command('proxy')
    .description(
      'Stand between clients and a CashBox endpoint: record, answer in its stead, compare.',
    )
    .addCommand(run(), { isDefault: true })
    .addCommand(report());
}

const MODE_HELP = `
record  forwards every request, and keeps each SOAP call as a wire case in --cases
spy     answers the calls that are implemented here, with --database, and forwards everything else
diff    forwards every request, plays it here as well, and compares: latchkey proxy report`;

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
    .option('--seed <file>', 'diff: what each merchant has here at the beginning, as JSON')
    .addOption(
      new Option(
        '--state <file>',
        'diff: begin with a copy of this database, which is only read; record: find effects with one',
      ).conflicts('seed'),
    )
    .option('--upstream-ca <file>', 'trust these certificates of the upstream, too: PEM')
    .option('--upstream-timeout <seconds>', 'how long the upstream may stand still (default: 60)')
    .addHelpText('after', MODE_HELP);
  addComparison(command);
  for (const name of ['database', 'host', 'port', 'logLevel', 'tlsCert', 'tlsKey'] as const) {
    addSetting(command, name);
  }
  return command.action(async (options: ProxyOptions) =>
    (await import('./actions/proxy.js')).runProxy(command, options),
  );
}

function report(): Command {
  return new Command('report')
    .description('Print what a running proxy has found by comparing, as Markdown.')
    .option('--url <url>', "the proxy (default: this machine's, as the settings have it)")
    .option('--json', 'print JSON')
    .action(async (options: ReportOptions) =>
      (await import('./actions/proxy-report.js')).reportFindings(options),
    );
}
