/** `latchkey health`: whether a server is ready; for containers and supervisors. */
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { addSetting, settingsOf } from './options';
import { ownUrl, requireHttpUrl } from './own-url';
import { printLine } from './print';

/** A server that needs longer is not well. */
const TIMEOUT = 5000;

interface Options {
  readonly url?: string;
}

export function healthCommand(): Command {
  const command = new Command('health')
    .description('Ask a server whether it is ready. Exit code 1 when it is not.')
    .addOption(
      new Option('--url <url>', "the server's address; default: from --host and --port").conflicts([
        'host',
        'port',
      ]),
    );
  addSetting(command, 'host');
  addSetting(command, 'port');
  return command.action(async ({ url }: Options) => {
    await printLine(await (url === undefined ? askOwn(ownUrl(settingsOf(command))) : ask(url)));
  });
}

/** Asks the server at an address that was given, whose certificate must be good. */
async function ask(url: string): Promise<string> {
  requireHttpUrl('--url', url);
  return askReady(url, async (place) => {
    const reply = await fetch(place, { signal: AbortSignal.timeout(TIMEOUT) });
    return { status: reply.status, body: await reply.text() };
  });
}

/** Asks this machine's server. */
function askOwn(url: string): Promise<string> {
  return url.startsWith('https:') ? askReady(url, askTls) : ask(url);
}

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
}

/** A certificate is made out to the name that clients use, and need not be one that this machine trusts. */
async function askTls(place: URL): Promise<Reply> {
  const signal = AbortSignal.timeout(TIMEOUT);
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    get(place, { signal, rejectUnauthorized: false }, resolve).on('error', reject);
  });
  return { status: reply.statusCode, body: await text(reply) };
}

/** @throws Error when there is no reply, or the server says that it is not ready */
async function askReady(url: string, send: (place: URL) => Promise<Reply>): Promise<string> {
  const place = new URL('/readyz', url);
  const { status, body } = await send(place).catch((error: unknown) => {
    throw new Error(`no reply from ${place.href}; start the server, or name it with --url`, {
      cause: error,
    });
  });
  if (status === 200) return body.trim();
  throw new Error(`${place.href} answers ${status}: ${body.trim()}`);
}
