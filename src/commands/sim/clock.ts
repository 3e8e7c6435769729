/** `latchkey sim clock`: what a merchant's clock shows, and its moves. */
import { Command } from 'commander';
import { addControlOptions, type ControlOptions } from './options';

export function clockCommand(): Command {
  return new Command('clock')
    .description(
      "Show a merchant's clock, stop it, or move it on; what fell due meanwhile is printed.",
    )
    .addCommand(show())
    .addCommand(freeze())
    .addCommand(set())
    .addCommand(advance())
    .addCommand(plain('run', 'Let a frozen clock go on.'))
    .addCommand(
      plain('reset', "Have it show the machine's time again, as far as no data are later."),
    );
}

const actions = () => import('../actions/sim/clock.js');

function show(): Command {
  const command = new Command('show').description('Show it.');
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await actions()).showClock(options),
  );
}

function freeze(): Command {
  const command = new Command('freeze')
    .description('Stop it.')
    .argument('[instant]', 'at this moment: ISO 8601 with an offset (default: as it is)');
  return addControlOptions(command).action(
    async (instant: string | undefined, options: ControlOptions) =>
      (await actions()).changeClock({ action: 'freeze', instant }, options),
  );
}

function set(): Command {
  const command = new Command('set')
    .description('Have it show a moment, and go on as before: frozen or running.')
    .argument('<instant>', 'ISO 8601 with an offset');
  return addControlOptions(command).action(async (instant: string, options: ControlOptions) =>
    (await actions()).changeClock({ action: 'set', instant }, options),
  );
}

function advance(): Command {
  const command = new Command('advance')
    .description('Move it on; days and months are those of the calendar.')
    .argument('<duration>', 'ISO 8601: P1M, PT36H');
  return addControlOptions(command).action(async (duration: string, options: ControlOptions) =>
    (await actions()).changeClock({ action: 'advance', duration }, options),
  );
}

function plain(action: 'run' | 'reset', description: string): Command {
  const command = new Command(action).description(description);
  return addControlOptions(command).action(async (options: ControlOptions) =>
    (await actions()).changeClock({ action }, options),
  );
}
