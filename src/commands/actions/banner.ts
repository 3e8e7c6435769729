/** The greeting of `latchkey serve --demo` for a person: only facts of this server. */
import { SETTINGS, type Settings } from '../../config/settings';
import { IN_MEMORY } from '../../store/sqlite/sqlite-store';
import type { ReadyFacts } from './ready-facts';

/** @param settings those that the server runs with: commands in another terminal may not have them */
export function renderBanner(facts: ReadyFacts, settings: Settings): string {
  const { wsdl, endpoint, api, docs } = facts;
  const rows: Array<readonly [string, string]> = [
    ['WSDL', wsdl],
    ['Endpoint', endpoint],
    ['Login', loginOf(facts)],
    ['REST', `${api}, described at ${docs}`],
    ['API key', facts.apiKey ?? 'make one: latchkey key add'],
    ...simulationRows(facts),
    ['Database', settings.database + (facts.madeDatabase ? ', made just now' : '')],
  ];
  const described = rows.map(([name, value]) => `  ${name.padEnd(9)}  ${value}`);
  const commands = commandsToTry(facts, settings).map((line) => `  ${line}`);
  const invitation =
    commands.length === 0 ? [] : ['', 'Try, in another terminal:', '', ...commands];
  return ['', 'Latchkey is ready.', '', ...described, ...invitation, '', ''].join('\n');
}

function simulationRows({ simulation }: ReadyFacts): Array<readonly [string, string]> {
  if (simulation === undefined) return [];
  return [['Simulated', `for tests, its time and data made up: ${simulation}/docs`]];
}

function loginOf({ login, password }: ReadyFacts): string {
  return login === undefined || password === undefined
    ? 'no demo login here; make one: latchkey merchant add'
    : `${login}, password ${password}`;
}

function commandsToTry({ url, login }: ReadyFacts, settings: Settings): string[] {
  const { database, tlsCert } = settings;
  const where = database === SETTINGS.database.default ? '' : ` --database ${quoted(database)}`;
  const standard = `http://${SETTINGS.host.default}:${SETTINGS.port.default}`;
  const endpoint = url === standard ? '' : ` --endpoint ${url}`;
  const trusting = tlsCert === undefined ? '' : `NODE_EXTRA_CA_CERTS=${quoted(tlsCert)} `;
  const named = 'account.merchantAccountId=xyz123 merchantEntitlementId=bac';
  const call = (operation: string, rest = '') =>
    `${trusting}npx --no-install latchkey call ${operation} ${named}${rest}${endpoint}`;
  const looking = (command: string) =>
    database === IN_MEMORY ? [] : [`npx --no-install latchkey ${command}${where}`];
  if (login === undefined) return looking('merchant list');
  return [
    ...looking('account list'),
    call('isEntitled'),
    call('revokeEntitlement', ' note="You can play no more"'),
    ...looking('ledger --account xyz123'),
  ];
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
