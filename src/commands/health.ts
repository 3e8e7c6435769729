/** `latchkey health`: whether a server is ready; for containers and supervisors. */
import { Command } from 'commander';
import type { Settings } from '../config/settings';
import { addSetting, settingsOf } from './options';
import { printLine } from './print';

/** A server that needs longer is not well. */
const TIMEOUT = 5000;

interface Options {
  readonly url?: string;
}

export function healthCommand(): Command {
  const command = new Command('health')
    .description('Ask a server whether it is ready. Exit code 1 when it is not.')
    .option('--url <url>', "the server's address; default: from --host and --port");
  addSetting(command, 'host');
  addSetting(command, 'port');
  return command.action(async ({ url }: Options) => {
    await printLine(await askReady(url ?? ownUrl(settingsOf(command))));
  });
}

/** @throws Error when there is no reply, or the server says that it is not ready */
async function askReady(url: string): Promise<string> {
  const place = new URL('/readyz', url);
  const reply = await fetch(place, { signal: AbortSignal.timeout(TIMEOUT) }).catch(
    (error: unknown) => {
      throw new Error(`no reply from ${place.href}`, { cause: error });
    },
  );
  const text = (await reply.text()).trim();
  if (reply.ok) return text;
  throw new Error(`${place.href} answers ${reply.status}: ${text}`);
}

/** Where a server with these settings is reached from its own machine. */
function ownUrl({ host, port }: Settings): string {
  const loopback: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const name = loopback[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
