/**
 * The package's surface for programs that embed the server. Whatever isn't exported here may change
 * in any version.
 */
import { requireNode } from './base/package';
import { readSettings, SettingError, SETTINGS, type Settings } from './config/settings';
import { startServer as start } from './main';

export { version } from './base/package';
export { SettingError };
export type { Settings };

/** Every setting, as `latchkey serve` has them; settings that are left out have their defaults. */
export interface ServerOptions extends Partial<Settings> {
  /** Whether an empty database gets the demo merchant and its accounts. */
  readonly demo?: boolean;
}

export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:8787`. */
  readonly url: string;
  /** Takes no new request, answers those that have arrived, then closes the database. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server, as `latchkey serve` does, but reads no environment variable of a setting.
 * `{ port: 0, database: ':memory:' }` gives one that leaves nothing on the disk.
 * @throws SettingError when a setting cannot be used
 * @throws Error when the database cannot be opened, read and written, the port is taken, or Node.js
 *   is too old
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  requireNode(process.versions.node);
  const { demo = false, ...settings } = options;
  const { url, load, stop } = await start(readSettings(textsOf(settings), {}), { demo });
  await load();
  return { url, stop };
}

/** Settings as the texts of flags: so they are checked in the same place. */
function textsOf(settings: Partial<Settings>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (!Object.hasOwn(SETTINGS, name)) throw new SettingError(`${name}: there is no such setting`);
    if (value !== undefined) texts[name] = textOf(value);
  }
  return texts;
}

function textOf(value: NonNullable<Settings[keyof Settings]>): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object') return value.length > 0 ? value.join(',') : 'none';
  return String(value);
}
