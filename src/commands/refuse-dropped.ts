/** Refuses a command line of which a part would be dropped without a word. */
import type { Command, Option } from 'commander';

/**
 * Lets a command refuse, naming the option: a second value that differs from the first, of which the last would
 * count; an empty value, as an unset variable of a shell leaves it; and one that is an option of the command
 * itself, whose own value was forgotten.
 * Decided: docs/decisions/dropped.md
 */
export function refuseDropped(command: Command): void {
  for (const option of command.options) {
    if (option.required || option.optional) watch(command, option);
  }
}

function watch(command: Command, option: Option): void {
  let before: string | undefined;
  command.on(`option:${option.name()}`, (value: string | null) => {
    const refuse = (text: string) => command.error(`error: option '${option.flags}' ${text}`);
    if (value === '') refuse('is empty; give a value, or leave the option out');
    if (command.options.some(({ long }) => long === value)) {
      refuse(`has no value: what follows it is the option ${value}`);
    }
    if (!option.variadic && before !== undefined && before !== value) {
      refuse('is given twice, with different values');
    }
    before = value ?? undefined;
  });
}
