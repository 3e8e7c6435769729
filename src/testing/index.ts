/**
 * `latchkey/testing`: a simulation in a test's own process, or one that runs elsewhere, by one interface.
 * Whatever isn't exported here may change in any version.
 */
import { embed, type ServerOptions } from '../embed';
import { steer } from './connect';
import type { Latchkey } from './types';

export { connectLatchkey } from './connect';
export { LatchkeyError } from './http';
export type * from './types';

/**
 * Starts one with the demo data, in memory, on a free port of this machine; it logs nothing and leaves nothing
 * behind when it is stopped.
 * @param options settings in place of these
 * @throws SettingError when a setting cannot be used
 */
export async function startLatchkey(options: ServerOptions = {}): Promise<Latchkey> {
  const { url, load, stop } = await embed({
    port: 0,
    database: ':memory:',
    logLevel: 'silent',
    demo: true,
    simulate: 'on',
    ...options,
  });
  // Requests that need it wait for it, as they do for a server that has just been started.
  load().catch(() => undefined);
  let stopping: Promise<void> | undefined;
  return steer(url, () => (stopping ??= stop()));
}
