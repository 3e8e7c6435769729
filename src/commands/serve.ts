/** `latchkey serve`: runs the server until it is told to stop. */
import { Command } from 'commander';
import { SETTINGS, type Settings } from '../config/settings';
import { DEMO_KEY } from '../demo';
import { startServer } from '../main';
import { notifyReady } from '../systemd';
import { addSetting, settingsOf } from './options';

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Serve SOAP and REST requests until SIGINT or SIGTERM.')
    .option('--demo', 'give an empty database the demo merchant, and say what to try')
    .option('--json', 'with --demo: say it as JSON');
  for (const name of Object.keys(SETTINGS) as Array<keyof Settings>) addSetting(command, name);
  return command.action(async (options: { demo?: boolean; json?: boolean }) => {
    const server = await startServer(settingsOf(command), options.demo === true);
    if (options.demo)
      console.log(options.json ? JSON.stringify(hints(server.url)) : banner(server.url));
    stopOnSignal(server.stop);
    await notifyReady(process.env);
  });
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
