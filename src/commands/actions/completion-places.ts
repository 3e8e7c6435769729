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
  const place: Place = {
    path,
    commands: command.commands.map((child) => ({
      name: child.name(),
      description: child.description(),
    })),
    flags: command.createHelp().visibleOptions(command).map(toFlag),
    words: command.registeredArguments[0]?.argChoices ?? [],
  };
  return [place, ...command.commands.flatMap((child) => listPlaces(child, path))];
}

type Option = Command['options'][number];

function toFlag({ long, flags, description, argChoices, required, optional }: Option): Flag {
  // The values of a setting are written where others have a placeholder: <on|off>.
  const [, written = ''] = /[<[]([\w-]+(?:\|[\w-]+)+)[>\]]/.exec(flags) ?? [];
  const values = argChoices ?? (written === '' ? [] : written.split('|'));
  return { name: long ?? '', description, takesValue: required || optional, values };
}
