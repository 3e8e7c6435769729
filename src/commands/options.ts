/** Options that several commands share, all of them settings. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { readSettings, type Setting, SETTINGS, type Settings } from '../config/settings';
import { openSqliteStore } from '../store/sqlite/sqlite-store';
import type { Store } from '../store/store';

/** Adds a setting's flag to a command; in camelCase the flag is the setting's name. */
export function addSetting(command: Command, name: keyof Settings): Command {
  const setting: Setting<unknown> = SETTINGS[name];
  const fallback = setting.default === '' ? '' : ` (default: ${setting.default})`;
  return command.option(setting.flag, `${setting.description}${fallback} [${setting.variable}]`);
}

/** The settings that a command's flags and the environment give. */
export function settingsOf(command: Command): Settings {
  return readSettings(command.optsWithGlobals(), process.env);
}

/** Adds what every command has that looks into the database. */
export function addStoreOptions(command: Command): Command {
  return addSetting(command, 'database').option('--json', 'print JSON, one document a line');
}

/**
 * The file of the database that a command names.
 * @throws Error when there is none
 */
export function existingDatabase(command: Command): string {
  const { database } = settingsOf(command);
  if (existsSync(database)) return database;
  throw new Error(
    `there is no database at ${database}; name one with --database or start the server`,
  );
}

/**
 * Opens the database that a command names, lets it work, and closes it.
 * @param create whether a database is made where there is none
 * @throws Error when there is no database and none is to be made
 */
export async function withStore<T>(
  command: Command,
  work: (store: Store, settings: Settings) => Promise<T>,
  { create = false } = {},
): Promise<T> {
  const settings = settingsOf(command);
  if (!create) existingDatabase(command);
  const store = openSqliteStore(settings.database);
  try {
    return await work(store, settings);
  } finally {
    await store.close();
  }
}
