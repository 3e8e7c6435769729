/**
 * Runs an example program against a started server. Every stack's program goes through the same
 * scenario and prints the same lines; only the stack differs.
 */
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../src/contract/types.generated';
import type { Demo } from '../../src/demo';
import { readServedSchema } from '../contract/served-schema';
import { ROOT, startTestServer, type TestServer, type TestServerOptions } from '../harness/server';

/** The output of a program that changes an account's name, grants, revokes twice and sends too much. */
export const EXPECTED = [
  'name: Zoë Müller & <Söhne>',
  'grant: 200 OK',
  'description: Größe <L> & "mehr"',
  'revoke: 200 OK',
  'ended: yes',
  'revoke again: 400 Entitlement revocation failed: Could not find active entitlement for revocation.',
  'fault: The request body is larger than 1048576 bytes.',
];

export const EXAMPLES = join(ROOT, 'examples');

/** The API versions that a quick program is run at: known ones, and some between. */
export const VERSIONS = ['27.0', '22.0', '20.0', '15.0', '13.0', '9.0', '8.0', '5.0', '4.3', '3.7'];

/** Values of the account that only newer versions have: older ones must not show them. */
const NEWER_FIELDS: Account = {
  externalId: 'crm-77', // from 22.0 on
  defaultCurrency: 'USD', // from 14.0 on; taxType and a region that is any text from 16.0 on
  taxType: 'VAT',
  taxExemptions: [{ region: 'Voralpen', active: true }],
};

/**
 * A server with the demo merchant, on the real clock: programs compare with their own. The account
 * of the scenario holds NEWER_FIELDS, too.
 */
export function startDemoServer(options: TestServerOptions = {}): Promise<TestServer> {
  const demo = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
  const accounts = demo.accounts.map(({ account, ...rest }) => ({
    ...rest,
    account: account.merchantAccountId === 'xyz123' ? { ...account, ...NEWER_FIELDS } : account,
  }));
  return startTestServer({ merchants: [{ ...demo, accounts }], real: true, ...options });
}

/** Whether a probe such as `['php', '-m']` runs and prints `holds`. */
export function isInstalled(probe: readonly [string, ...string[]], holds = ''): boolean {
  const { status, stdout } = spawnSync(probe[0], probe.slice(1), { encoding: 'utf8' });
  return status === 0 && stdout.includes(holds);
}

/**
 * `test` where the stack is there; elsewhere a test that is skipped and says what is missing. With
 * CI set nothing is skipped.
 */
export function testWith(installed: boolean, packages: string): jest.It {
  if (installed || process.env.CI !== undefined) return test;
  return ((name: string, ...rest: [jest.ProvidesCallback, number?]) =>
    test.skip(`${name} (not installed: ${packages})`, ...rest)) as jest.It;
}

/** As `testWith`, for a test that holds its replies against the schema: see `expectValid`. */
export function testClient(installed: boolean, packages: string): jest.It {
  return testWith(installed && HAS_XMLLINT, `${packages} libxml2-utils`);
}

const HAS_XMLLINT = isInstalled(['xmllint', '--version']);

/**
 * Expects that every reply so far but a Fault was valid by the schema that the server serves for
 * that version: many a client keeps silent about an element that it doesn't know.
 */
export async function expectValid({ url, replies }: TestServer, version: string): Promise<void> {
  const messages = replies
    .map((reply) => /<soap:Body>(.*)<\/soap:Body>/s.exec(reply)?.[1] ?? reply)
    .filter((message) => !message.startsWith('<soap:Fault>'));
  expect(messages).not.toEqual([]);
  const schema = await readServedSchema(`${url}/${version}/Account.wsdl`);
  try {
    for (const message of messages) expect(await schema.findErrors(message)).toBe('');
  } finally {
    schema.remove();
  }
}

/** Runs a program and returns the lines of its standard output; a failure shows its error output. */
export function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder = EXAMPLES,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...environment };
    execFile(command, args, { env, cwd: folder }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
      else resolve(stdout.trimEnd().split('\n'));
    });
  });
}
