/** `latchkey replay`: plays recorded calls against any endpoint, and says what differs. */
import { Command } from 'commander';
import { addComparison } from './comparison-options';
import type { ReplayOptions } from './actions/replay';

const EXIT_CODES = `
Exit code 0: every reply is the same. 1: one differs or did not come, or the calls cannot be played.`;

export function replayCommand(): Command {
  const command = new Command('replay')
    .description(
      'Play recorded calls, in their order, against an endpoint, and say what differs in its replies.',
    )
    .argument('<folder>', 'the folder of the cases that proxy --mode record wrote')
    .requiredOption('--endpoint <url>', 'the endpoint: http or https, host and port, no path')
    .option('--endpoint-ca <file>', 'trust these certificates of the endpoint, too: PEM')
    .option('--login <login>', 'make the calls as this merchant')
    .option('--password-stdin', 'read the password from standard input; recordings have none')
    .option('--json', 'print JSON, one document a line')
    .addHelpText('after', EXIT_CODES);
  return addComparison(command).action(async (folder: string, options: ReplayOptions) =>
    (await import('./actions/replay.js')).replayFolder(folder, options),
  );
}
