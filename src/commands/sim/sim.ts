/** `latchkey sim`: steers a simulation, a server that was started with --simulate. */
import { Command } from 'commander';
import type { ResetOptions } from '../actions/sim/state';
import { clockCommand } from './clock';
import { faultsCommand } from './faults';
import { addControlOptions, addExpectation, addUrl, type ControlOptions } from './options';
import { merchantCommand } from './merchant';
import { requestsCommand } from './requests';
import { snapshotCommand } from './snapshot';
import type { VerifyOptions } from '../actions/sim/requests';

export function simCommand(): Command {
  return new Command('sim')
    .description('Steer a simulation: a server that was started with --simulate.')
    .addCommand(merchantCommand())
    .addCommand(clockCommand())
    .addCommand(seed())
    .addCommand(seedSchema())
    .addCommand(reset())
    .addCommand(snapshotCommand())
    .addCommand(faultsCommand())
    .addCommand(requestsCommand())
    .addCommand(verify())
    .addCommand(report());
}

const state = () => import('../actions/sim/state.js');
const requests = () => import('../actions/sim/requests.js');

function seed(): Command {
  const command = new Command('seed')
    .description("Replace a merchant's data by those of a file, and keep them for resets.")
    .argument('<file>', 'JSON, as `latchkey sim seed-schema` describes it; - reads standard input');
  return addControlOptions(command).action(async (file: string, options: ControlOptions) =>
    (await state()).seed(file, options),
  );
}

function seedSchema(): Command {
  const command = new Command('seed-schema').description('Print the JSON Schema of a seed.');
  return addUrl(command).action(async (options: ControlOptions) =>
    (await state()).printSeedSchema(options),
  );
}

function reset(): Command {
  const command = new Command('reset')
    .description(
      'Go back to the seed and its clock or, without one, to no data and the time of the machine.',
    )
    .option('--empty', 'to no data, whatever the seed');
  return addControlOptions(command).action(async (options: ResetOptions) =>
    (await state()).reset(options),
  );
}

const EXIT_CODES = `
Exit code 0: it is so. 2: it is not. 1: it could not be found out.`;

function verify(): Command {
  const command = new Command('verify')
    .description('Say whether requests came as expected.')
    .addHelpText('after', EXIT_CODES);
  addExpectation(command)
    .option('--count <number>', 'exactly this number')
    .option('--at-least <number>', 'this number or more (default: 1)')
    .option('--never', 'none')
    .option('--within <duration>', "only those of the last so long, by the machine's time: PT10S");
  return addControlOptions(command).action(
    async (operation: string, fields: string[], options: VerifyOptions) =>
      (await requests()).verify(operation, fields, options),
  );
}

function report(): Command {
  const command = new Command('report').description(
    'Say in lines, for the report of a test that failed, which requests came.',
  );
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await requests()).printReport(options),
  );
}
