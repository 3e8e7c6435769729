/** The tree of commands as a shell's completion sees it. */
import type { Command } from 'commander';

/** A command as a shell sees it. */
export interface Place {
  /** `latchkey merchant add`. */
  readonly path: string;
  readonly commands: ReadonlyArray<{ readonly name: string; readonly description: string }>;
  readonly flags: readonly Flag[];
  /** Words that its first argument may be. */
  readonly words: readonly string[];
}

export interface Flag {
  /** With its dashes: `--json`. */
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The values that it may have; empty: any. */
  readonly values: readonly string[];
}

/** A command and all below it. */
export function listPlaces(command: Command, above: string): Place[] {
  const path = above === '' ? command.name() : `${above} ${command.name()}`;
  const acting = defaultOf(command);
  const flags = [command, ...acting].flatMap((one) =>
    one.createHelp().visibleOptions(one).map(toFlag),
  );
  const place: Place = {
    path,
    commands: command.commands.map((child) => ({
      name: child.name(),
      description: child.description(),
    })),
    // Each has --help.
    flags: [...new Map(flags.map((flag) => [flag.name, flag])).values()],
    words: [command, ...acting].flatMap((one) => one.registeredArguments[0]?.argChoices ?? []),
  };
  return [place, ...command.commands.flatMap((child) => listPlaces(child, path))];
}

/** The command that is meant where none below is named, as `proxy` means `proxy run`. commander shows it nowhere else. */
function defaultOf(command: Command): Command[] {
  const { _defaultCommandName: name } = command as unknown as { _defaultCommandName?: string };
  return command.commands.filter((child) => child.name() === name);
}

type Option = Command['options'][number];

function toFlag({ long, flags, description, argChoices, required, optional }: Option): Flag {
  // The values of a setting are written where others have a placeholder: <on|off>.
  const [, written = ''] = /[<[]([\w-]+(?:\|[\w-]+)+)[>\]]/.exec(flags) ?? [];
  const values = argChoices ?? (written === '' ? [] : written.split('|'));
  return { name: long ?? '', description, takesValue: required || optional, values };
}
