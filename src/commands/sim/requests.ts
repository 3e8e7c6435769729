/** `latchkey sim requests`: the requests that came. */
import { Command } from 'commander';
import type { ListOptions } from '../actions/sim/requests';
import {
  addControlOptions,
  addExpectation,
  type ControlOptions,
  type ExpectationOptions,
} from './options';

export function requestsCommand(): Command {
  return new Command('requests')
    .description('Look at the requests that came to a merchant.')
    .addCommand(list())
    .addCommand(show())
    .addCommand(expecting('find', 'List those that are as expected.'))
    .addCommand(expecting('count', 'Print how many are as expected.'))
    .addCommand(
      expecting('near-misses', 'List those that are nearly as expected, and how they differ.'),
    )
    .addCommand(clear());
}

const actions = () => import('../actions/sim/requests.js');

function list(): Command {
  const command = new Command('list')
    .description(
      'List them, the latest last: number, when, operation, returnCode, returnString, id, request.',
    )
    .option('--operation <name>', 'only these: revokeEntitlement, "Account.*"')
    .option('--soap-id <id>', 'only the one of this soapId or X-Request-Id')
    .option('--since <moment>', "only from this moment on, by the machine's time")
    .option('--limit <number>', 'only the latest, at most this number');
  return addControlOptions(command).action(async (options: ListOptions) =>
    (await actions()).listRequests(options),
  );
}

function show(): Command {
  const command = new Command('show')
    .description('Show one with its text, its reply, and what it changed.')
    .argument('<id>', 'its soapId or X-Request-Id');
  return addControlOptions(command).action(async (id: string, options: ControlOptions) =>
    (await actions()).showRequest(id, options),
  );
}

function expecting(name: 'find' | 'count' | 'near-misses', description: string): Command {
  const command = addExpectation(new Command(name).description(description));
  return addControlOptions(command).action(
    async (operation: string, fields: string[], options: ExpectationOptions) =>
      (await actions()).EXPECTING[name](operation, fields, options),
  );
}

function clear(): Command {
  const command = new Command('clear').description('Forget them.');
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await actions()).clearRequests(options),
  );
}
