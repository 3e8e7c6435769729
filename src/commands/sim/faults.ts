/** `latchkey sim faults`: faults on demand. */
import { Command } from 'commander';
import { addControlOptions, addServerOptions, type ControlOptions } from './options';

export function faultsCommand(): Command {
  return new Command('faults')
    .description("Order faults that strike a merchant's requests.")
    .addCommand(list())
    .addCommand(set())
    .addCommand(clear())
    .addCommand(strings());
}

const actions = () => import('../actions/sim/faults.js');

function list(): Command {
  const command = new Command('list').description(
    'List them: how many requests matched, how many were struck, the fault.',
  );
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await actions()).listFaults(options),
  );
}

function set(): Command {
  const command = new Command('set')
    .description('Replace them by those of a file.')
    .argument('<file>', 'JSON: a fault, or a list of them; - reads standard input');
  return addControlOptions(command).action(async (file: string, options: ControlOptions) =>
    (await actions()).setFaults(file, options),
  );
}

function clear(): Command {
  const command = new Command('clear').description('Take all away.');
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await actions()).clearFaults(options),
  );
}

function strings(): Command {
  const command = new Command('strings').description(
    'List the returnStrings that can be ordered by name: name, returnCode, returnString.',
  );
  return addServerOptions(command).action(async (options: ControlOptions) =>
    (await actions()).listStrings(options),
  );
}
