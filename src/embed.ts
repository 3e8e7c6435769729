/** Starts a server in the process of another program, from options instead of flags and environment. */
import { requireNode } from './base/package';
import { readSettings, SettingError, SETTINGS, type Settings } from './config/settings';
import { type RunningServer, startServer } from './main';

/** Every setting, as `latchkey serve` has them; settings that are left out have their defaults. */
export interface ServerOptions extends Partial<Settings> {
  /** Whether an empty database gets the demo merchant and its accounts. */
  readonly demo?: boolean;
}

/**
 * Starts one; what the first requests would wait for is not loaded yet.
 * @throws SettingError when a setting cannot be used
 * @throws Error when the database cannot be opened, read and written, the port is taken, or Node.js is too old
 */
export function embed(options: ServerOptions): Promise<RunningServer> {
  requireNode(process.versions.node);
  const { demo = false, ...settings } = options;
  return startServer(readSettings(textsOf(settings), {}), { demo });
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
