/** `latchkey sim snapshot`: a merchant's data and clock, kept under names. */
import { Command } from 'commander';
import { addControlOptions, type ControlOptions } from './options';

export function snapshotCommand(): Command {
  return new Command('snapshot')
    .description("Keep a merchant's data and clock under names, and put them back.")
    .addCommand(list())
    .addCommand(named('add', 'Keep them as they are, in place of a snapshot of that name.'))
    .addCommand(named('restore', 'Put them back as they were.'))
    .addCommand(named('remove', 'Forget a snapshot.'));
}

const actions = () => import('../actions/sim/state.js');

function list(): Command {
  const command = new Command('list').description(
    'List the snapshots, the oldest first: name, when by its clock, rows.',
  );
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await actions()).listSnapshots(options),
  );
}

function named(action: 'add' | 'restore' | 'remove', description: string): Command {
  const command = new Command(action).description(description).argument('<name>', 'its name');
  return addControlOptions(command).action(async (name: string, options: ControlOptions) =>
    (await actions()).SNAPSHOTS[action](name, options),
  );
}
