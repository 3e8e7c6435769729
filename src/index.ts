/**
 * The package's surface for programs that embed the server. Whatever isn't exported here may change
 * in any version.
 */
import { SettingError, type Settings } from './config/settings';
import { embed, type ServerOptions } from './embed';

export { version } from './base/package';
export { SettingError };
export type { ServerOptions, Settings };

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
  const { url, load, stop } = await embed(options);
  await load();
  return { url, stop };
}
