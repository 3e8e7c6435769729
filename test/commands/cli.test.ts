/** The `latchkey` command as a person runs it: the built program, in processes of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../harness/server';
import { openDatabase } from '../store/sqlite/database';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('latchkey', () => {
  let folder: string;
  let database: string;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    database = join(folder, 'data', 'test.db');
  });

  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      // Until then it may make files.
      await ended;
    }
    child = undefined;
    rmSync(folder, { recursive: true });
  });

  function start(args: readonly string[]): ChildProcess {
    const env = { ...process.env, LATCHKEY_DATABASE: database, LATCHKEY_PORT: '0' };
    return spawn(process.execPath, [CLI, ...args], { env, cwd: folder });
  }

  async function latchkey(...args: string[]): Promise<Result> {
    const running = start(args);
    let stdout = '';
    let stderr = '';
    running.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    running.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(running, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  /** Starts the server; its log lines come one by one. */
  async function serve(...args: string[]) {
    child = start(['serve', ...args]);
    const lines: string[] = [];
    const input = child.stdout;
    if (!input) throw new Error('no output');
    const reader = createInterface({ input });
    const year = Promise.withResolvers<string>();
    const url = await new Promise<string>((resolve, reject) => {
      child?.once('close', () => reject(new Error(`ended:\n${lines.join('\n')}`)));
      reader.on('line', (line) => {
        lines.push(line);
        if (line.includes('a year of demo data')) year.resolve(line);
        const [, found] = /"url":"([^"]+)"/.exec(line) ?? [];
        if (found) resolve(found);
      });
    });
    return { url, lines, process: child, year: year.promise };
  }

  const json = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('serve --demo, call, account, ledger: the commands of the banner work', async () => {
    const { url, lines } = await serve('--demo');
    expect(lines.join('\n')).toContain('demo data loaded');
    const endpoint = ['--endpoint', url];
    const named = ['account.merchantAccountId=xyz123', 'merchantEntitlementId=bac'];
    const entitled = await latchkey('call', 'isEntitled', ...named, ...endpoint, '--json');
    expect(JSON.parse(entitled.stdout)).toMatchObject({ entitled: true });
    const revoked = await latchkey(
      ...['call', 'Account.revokeEntitlement', ...named, 'note=You can play no more'],
      ...[...endpoint, '--srd', '{"account":["entitlements"]}'],
    );
    expect(revoked.code).toBe(0);
    expect(revoked.stdout).toContain('"returnString": "OK"');
    const again = await latchkey('call', 'revokeEntitlement', ...named, ...endpoint, '--json');
    expect(again.code).toBe(2);
    expect(again.stdout).toContain('Could not find active entitlement for revocation.');

    const accounts = json((await latchkey('account', 'list', '--json')).stdout);
    // A year of other accounts comes after them.
    expect(accounts.slice(0, 3).map(({ merchantAccountId }) => merchantAccountId)).toEqual(
      (
        JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as {
          accounts: Array<{ account: { merchantAccountId: string } }>;
        }
      ).accounts.map(({ account }) => account.merchantAccountId),
    );
    const [shown] = json((await latchkey('account', 'show', 'xyz123', '--json')).stdout);
    expect(shown).toMatchObject({ merchant: 'demo', merchantAccountId: 'xyz123' });
    const ledger = json((await latchkey('ledger', '--account', 'xyz123', '--json')).stdout);
    expect(ledger.map(({ action }) => action)).toEqual(['grant', 'grant', 'revoke']);
    expect(ledger.at(-1)).toMatchObject({ note: 'You can play no more', actor: 'demo' });
    expect((await latchkey('ledger', '--account', 'xyz123')).stdout.split('\n')).toHaveLength(4);
    expect(await latchkey('ledger', '--merchant', 'nobody')).toMatchObject({
      code: 1,
      stderr: 'latchkey: there is no merchant nobody\n',
    });
    const auth = await fetch(`${url}/v1/api-auth`, { headers: { 'X-API-KEY': 'lk_demo' } });
    expect(await auth.json()).toEqual({ merchant: 'demo', name: 'demo' });
  });

  test('call: a Fault and an unknown operation are reported in a line', async () => {
    const { url } = await serve('--demo', '--max-body', '600');
    const fault = await latchkey(
      'call',
      'isEntitled',
      `merchantEntitlementId=${'x'.repeat(600)}`,
      '--endpoint',
      url,
    );
    expect(fault).toMatchObject({
      code: 1,
      stderr: 'latchkey: Fault: The request body is larger than 600 bytes.\n',
    });
    const unknown = await latchkey('call', 'fly', '--endpoint', url);
    expect(unknown.stderr).toBe('latchkey: Account 22.0 has no operation fly\n');
    const malformed = await latchkey('call', 'isEntitled', 'x', '--endpoint', url);
    expect(malformed.stderr).toBe('latchkey: "x" is not of the form name=value\n');
  });

  test('merchant add, list, password', async () => {
    const [added] = json((await latchkey('merchant', 'add', 'acme', '--json')).stdout);
    expect(added).toEqual({
      login: 'acme',
      password: expect.stringMatching(/^[\w-]{24}$/) as string,
    });
    expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
    const again = await latchkey('merchant', 'add', 'acme');
    expect(again).toMatchObject({
      code: 1,
      stderr: 'latchkey: there is a merchant acme already\n',
    });
    const [listed] = json((await latchkey('merchant', 'list', '--json')).stdout);
    expect(listed).toMatchObject({ login: 'acme' });

    const { url } = await serve();
    const entitled = (password: unknown) => {
      process.env.LATCHKEY_PASSWORD = String(password);
      return latchkey('call', 'isEntitled', '--login', 'acme', '--endpoint', url, '--json');
    };
    expect((await entitled(added?.password)).stdout).toContain('Entitlement not specified.');
    const [changed] = json((await latchkey('merchant', 'password', 'acme', '--json')).stdout);
    expect((await entitled(added?.password)).stdout).toContain('Permission denied to domain');
    expect((await entitled(changed?.password)).stdout).toContain('Entitlement not specified.');
    delete process.env.LATCHKEY_PASSWORD;
    expect(readFileSync(database).includes(String(changed?.password))).toBe(false);
    expect((await latchkey('merchant', 'password', 'nobody')).stderr).toBe(
      'latchkey: there is no merchant nobody\n',
    );
  });

  test('backup and check, while it is served', async () => {
    await (
      await serve('--demo')
    ).year;
    const copy = join(folder, 'copy.db');
    const [reported] = json((await latchkey('backup', copy, '--json')).stdout);
    expect(reported).toMatchObject({ database, backup: copy });
    expect(await latchkey('backup', copy)).toMatchObject({
      code: 1,
      stderr: `latchkey: ${copy} exists; name another file\n`,
    });
    const sound = await latchkey('check', '--database', copy, '--json');
    expect(sound.code).toBe(0);
    expect(json(sound.stdout)).toEqual(json((await latchkey('check', '--json')).stdout));
    expect(json(sound.stdout)).toMatchObject([{ findings: 0 }]);
    const tampered = openDatabase(copy);
    tampered.exec('UPDATE entitlement SET end_at = 7');
    tampered.close();
    const { code, stdout } = await latchkey('check', '--database', copy);
    expect(code).toBe(1);
    expect(stdout).toContain('bac by Account is not what line');
  });

  test('a database that is not there is not made by looking', async () => {
    const { code, stderr } = await latchkey('account', 'list');
    expect(code).toBe(1);
    expect(stderr).toContain(`there is no database at ${database}; name one with --database`);
  });

  test.each([
    [['--port', 'x'], '--port: "x" is not a number from 0 to 65535'],
    [['--database', '/dev/null/x'], ''],
  ])('serve %p → one line, exit code 1', async (args, message) => {
    const { code, stderr } = await latchkey('serve', ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^latchkey: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  test('a database of a newer version is refused', async () => {
    await latchkey('merchant', 'add', 'acme');
    const newer = openDatabase(database);
    newer.pragma('user_version = 999');
    newer.close();
    expect((await latchkey('serve')).stderr).toContain(`${database}: the database has schema 999`);
  });

  test.each([
    'serve',
    'merchant add',
    'merchant list',
    'merchant password',
    'account list',
    'account show',
    'ledger',
    'backup',
    'check',
    'call',
    'validate',
  ])('%s --help', async (command) => {
    const { code, stdout } = await latchkey(...command.split(' '), '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: latchkey ${command}`);
    expect(stdout).toContain('--json');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: the request under way is answered and kept, then the database is closed',
    async (signal) => {
      const { url, lines, process: server } = await serve('--demo');
      const { hostname, port } = new URL(url);
      const body = revocation();
      // Half of a request is under way on a connection that would be kept alive.
      const pending = request({
        hostname,
        port,
        method: 'POST',
        path: '/soap.pl',
        headers: { 'Content-Length': body.length },
      });
      const answered = new Promise<string>((resolve, reject) => {
        pending.on('error', reject);
        pending.on('response', (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.on('end', () => resolve(text));
        });
      });
      pending.write(body.slice(0, 100));
      await fetch(`${url}/healthz`);
      const closed = once(server, 'close');
      server.kill(signal);
      await refused(url);
      pending.end(body.slice(100));
      expect(await answered).toContain('<returnString>OK</returnString>');
      expect(await closed).toEqual([0, null]);
      expect(lines.at(-1)).toContain('"msg":"stopped"');
      const [last] = json((await latchkey('ledger', '--json')).stdout).slice(-1);
      expect(last).toMatchObject({ action: 'revoke', merchantEntitlementId: 'bac' });
    },
  );

  function revocation(): string {
    return (
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
      '<v:revokeEntitlement xmlns:v="http://soap.vindicia.com/v22_0/Account">' +
      '<auth><login>demo</login><password>demo</password></auth>' +
      '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
      '<merchantEntitlementId>bac</merchantEntitlementId></v:revokeEntitlement></e:Body></e:Envelope>'
    );
  }

  /** Fulfils once the server takes no new connection. */
  async function refused(url: string): Promise<void> {
    for (;;) {
      try {
        await fetch(`${url}/healthz`, { headers: { Connection: 'close' } });
      } catch {
        return;
      }
    }
  }

  test('healthz and readyz', async () => {
    const { url } = await serve('--demo');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
});
