/** What `latchkey serve` does. */
import type { Command } from 'commander';
import { DEMO_KEY } from '../../demo';
import { startServer } from '../../main';
import { notifyReady } from '../../systemd';
import { settingsOf } from '../options';
import { stdout } from '../output';
import type { ServeOptions } from '../serve';
import { namingDatabase } from './with-store';

/** Starts the server; it ends with SIGINT or SIGTERM. */
export async function serve(command: Command, { demo = false, json }: ServeOptions): Promise<void> {
  const settings = settingsOf(command);
  const server = await namingDatabase(settings.database, () => startServer(settings, demo));
  stopOnSignal(server.stop);
  if (demo) await stdout.text(json ? `${JSON.stringify(hints(server.url))}\n` : banner(server.url));
  await stdout.flush();
  await notifyReady(process.env);
}

/** The first signal finishes what is under way; a second one ends the process at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  const end = (signal: NodeJS.Signals) => {
    process.once(signal, () => process.exit(1));
    void stop();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function hints(url: string) {
  return {
    wsdl: `${url}/22.0/Account.wsdl`,
    endpoint: `${url}/soap.pl`,
    login: 'demo',
    password: 'demo',
    api: `${url}/v1`,
    docs: `${url}/v1/docs`,
    apiKey: DEMO_KEY,
  };
}

function banner(url: string): string {
  const { wsdl, endpoint, api, docs, apiKey } = hints(url);
  return `
Latchkey is ready.

  WSDL       ${wsdl}
  Endpoint   ${endpoint}
  Login      demo, password demo
  REST       ${api}, described at ${docs}
  API key    ${apiKey}

Try, in another terminal:

  npx latchkey account list
  npx latchkey call isEntitled account.merchantAccountId=xyz123 merchantEntitlementId=bac
  npx latchkey call revokeEntitlement account.merchantAccountId=xyz123 merchantEntitlementId=bac note="You can play no more"
  npx latchkey ledger --account xyz123
`;
}
