/**
 * Runs an example program against a started server. Every stack's program goes through the same
 * scenario and prints the same lines; only the stack differs.
 */
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo';
import { ROOT, startTestServer, type TestServer, type TestServerOptions } from '../harness/server';

/** What a program prints that changes an account's name, grants, revokes twice and sends too much. */
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

/** A server with the demo merchant, on the real clock: programs compare with their own. */
export function startDemoServer(options: TestServerOptions = {}): Promise<TestServer> {
  const demo = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
  return startTestServer({ merchants: [demo], real: true, ...options });
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
