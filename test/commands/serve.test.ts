/** The output of `latchkey serve`, and https. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey, runLatchkeyWith, startServe } from '../harness/run-latchkey';

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('--json: one line alone on standard output, the log on standard error', async () => {
  const first = startServe(database, '--json');
  await first.until(/"madeDatabase"/);
  const facts = JSON.parse(first.stdout()) as Record<string, unknown>;
  expect(facts).toMatchObject({ madeDatabase: true, database });
  expect(facts).not.toHaveProperty('login');
  expect(facts).not.toHaveProperty('apiKey');
  expect((await fetch(`${String(facts.url)}/readyz`)).status).toBe(200);
  expect(await first.stop()).toBe(0);
  expect(first.stdout().split('\n')).toHaveLength(2);
  expect(first.stderr()).toContain('there was no database: made one');
  expect(first.stderr()).toContain('"msg":"stopped"');

  const second = startServe(database, '--json', '--demo');
  await second.until(/"madeDatabase"/);
  expect(JSON.parse(second.stdout())).toMatchObject({
    madeDatabase: false,
    login: 'demo',
    password: 'demo',
    apiKey: 'lk_demo',
  });
  await second.stop();
});

test('--end-with-input: the end of its input ends it, as a signal does; without, it goes on', async () => {
  const bound = startServe(database, '--end-with-input', '--json');
  await bound.until(/"madeDatabase"/);
  bound.endInput();
  expect(await bound.ended).toBe(0);
  expect(bound.stderr()).toContain('"msg":"stopped"');

  const early = startServe(database, '--end-with-input');
  early.endInput();
  expect(await early.ended).toBe(0);

  const free = startServe(database, '--json');
  free.endInput();
  const [, url = ''] = await free.until(/"url":"([^"]+)"/);
  await free.until(/"madeDatabase"/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await free.stop();
});

test('--simulate: line, banner and log say so; a database is one or the other for good', async () => {
  const first = startServe(database, '--simulate', '--json');
  const [, url = ''] = await first.until(/"url":"([^"]+)"/);
  await first.until(/"madeDatabase"/);
  expect(JSON.parse(first.stdout())).toMatchObject({ simulation: `${url}/_latchkey` });
  await first.stop();
  expect(first.stderr()).toContain('this is a simulation');

  const banner = startServe(database, '--simulate');
  await banner.until(/Simulated {2}for tests, its time and data made up: http:.*\/_latchkey\/docs/);
  await banner.stop();

  const refused = await runLatchkey(database, 'merchant', 'list');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("is a simulation's, with moments that are made up");

  const other = join(folder, 'other.db');
  await runLatchkey(other, 'merchant', 'add', 'acme');
  const simulate = { database: other, environment: { LATCHKEY_SIMULATE: 'on' } };
  const served = await runLatchkeyWith(simulate, 'serve', '--port', '0');
  expect(served.stderr).toContain('has merchants of a server without --simulate');
  const forced = startServe(other, '--simulate', 'force', '--json');
  await forced.until(/"madeDatabase"/);
  await forced.stop();
  expect((await runLatchkey(other, 'merchant', 'list')).code).toBe(1);
});

test('--demo: the banner names the database and the endpoint, and commands that reach them', async () => {
  const server = startServe(database, '--demo');
  const [, url = ''] = await server.until(/"url":"([^"]+)"/);
  await server.until(/ledger --account/);
  await server.stop();
  const banner = server.stdout();
  expect(banner).toContain('Login      demo, password demo');
  expect(banner).toContain(`Database   ${database}, made just now`);
  expect(banner).toContain(`npx --no-install latchkey account list --database ${database}\n`);
  expect(banner).toMatch(
    new RegExp(`npx --no-install latchkey call isEntitled .* --endpoint ${url}\n`),
  );
});

test('--demo: no demo login where there is none, nor one whose password has changed', async () => {
  await runLatchkey(database, 'merchant', 'add', 'acme');
  const print = async () => {
    const server = startServe(database, '--demo');
    await server.until(/Database .*\n/);
    await server.stop();
    return server.stdout();
  };
  const banner = await print();
  expect(banner).toContain('no demo login here; make one: latchkey merchant add');
  expect(banner).toContain('API key    make one: latchkey key add');
  expect(banner).not.toContain('password demo');
  expect(banner).not.toContain('latchkey call');
  await runLatchkey(database, 'merchant', 'add', 'demo');
  expect(await print()).toContain('no demo login here');
});

test('a port that is taken: one line that names it and what to do', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await runLatchkey(database, 'serve', '--port', String(port));
  other.close();
  expect([code, stderr]).toEqual([
    1,
    `latchkey: cannot listen on 127.0.0.1:${port}: address already in use; ` +
      'end the program that has it, or choose another with --port\n',
  ]);
});

test('a file that is no database: one line that names it and what to do', async () => {
  writeFileSync(database, 'nothing that SQLite knows, but long enough to be looked at'.repeat(50));
  for (const args of [['serve', '--port', '0'], ['check'], ['account', 'list']]) {
    expect(await runLatchkey(database, ...args)).toMatchObject({
      code: 1,
      stderr:
        `latchkey: ${database}: the database is damaged; name a database of Latchkey, ` +
        'or put a backup in its place: latchkey restore\n',
    });
  }
});

describe('https', () => {
  let cert: string;
  let key: string;

  function makeCertificate(name: string): { cert: string; key: string } {
    const files = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
    const args = [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'],
      ...['-out', files.cert, '-keyout', files.key],
    ];
    execFileSync('openssl', args, { stdio: 'ignore' });
    return files;
  }

  beforeEach(() => {
    ({ cert, key } = makeCertificate('own'));
  });

  const fetchText = (url: string) =>
    new Promise<string>((resolve, reject) => {
      get(url, { ca: readFileSync(cert), agent: false }, (response) => {
        let text = '';
        response.on('data', (piece: Buffer) => (text += piece.toString()));
        response.on('end', () => resolve(text));
      }).on('error', reject);
    });

  test('with a certificate of one’s own: calls are answered, and the WSDL says https', async () => {
    const server = startServe(database, '--demo', '--tls-cert', cert, '--tls-key', key);
    const [, url = ''] = await server.until(/"url":"(https:[^"]+)"/);
    await server.until(/ledger --account/);
    expect(server.stdout()).toContain(
      `NODE_EXTRA_CA_CERTS=${cert} npx --no-install latchkey call isEntitled`,
    );
    expect(await fetchText(`${url}/readyz`)).toBe('ok\n');
    expect(await fetchText(`${url}/22.0/Account.wsdl`)).toContain(`location="${url}/soap.pl"`);
    const environment = { NODE_EXTRA_CA_CERTS: cert };
    const call = await runLatchkeyWith(
      { database, environment },
      ...['call', 'isEntitled', 'account.merchantAccountId=xyz123', 'merchantEntitlementId=bac'],
      ...['--endpoint', url, '--json'],
    );
    expect(JSON.parse(call.stdout)).toMatchObject({ entitled: true });
    // The settings say where, and that it is https.
    const settings = {
      LATCHKEY_PORT: new URL(url).port,
      LATCHKEY_TLS_CERT: cert,
      LATCHKEY_TLS_KEY: key,
      NODE_EXTRA_CA_CERTS: undefined,
    };
    const health = await runLatchkeyWith({ database, environment: settings }, 'health');
    expect(health).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
    const own = await runLatchkeyWith({ database, environment: settings }, 'call', 'isEntitled');
    expect(own.stderr).toContain(`the certificate of ${url} is not trusted`);
    expect(await server.stop()).toBe(0);
  });

  test('a certificate that the client does not trust: call names the endpoint and the remedy', async () => {
    const server = startServe(database, '--demo', '--tls-cert', cert, '--tls-key', key);
    const [, url = ''] = await server.until(/"url":"(https:[^"]+)"/);
    const environment = { NODE_EXTRA_CA_CERTS: undefined };
    expect(
      await runLatchkeyWith({ database, environment }, 'call', 'isEntitled', '--endpoint', url),
    ).toEqual({
      code: 1,
      stdout: '',
      stderr: `latchkey: the certificate of ${url} is not trusted; name its file in NODE_EXTRA_CA_CERTS\n`,
    });
    expect(await server.stop()).toBe(0);
  });

  test('one alone, a missing file, no PEM, a key of another: the start fails with one line', async () => {
    const other = makeCertificate('other');
    const none = join(folder, 'none');
    const garbage = join(folder, 'garbage');
    writeFileSync(garbage, 'no PEM');
    const start = async (...args: string[]) => {
      const { code, stdout, stderr } = await runLatchkey(database, 'serve', '--port', '0', ...args);
      expect([code, stdout]).toEqual([1, '']);
      return stderr;
    };
    const certSetting = 'latchkey: --tls-cert (LATCHKEY_TLS_CERT):';
    const keySetting = 'latchkey: --tls-key (LATCHKEY_TLS_KEY):';
    expect(await start('--tls-cert', cert)).toBe(
      `${keySetting} is missing; a certificate needs its key\n`,
    );
    expect(await start('--tls-key', key)).toBe(
      `${certSetting} is missing; a key needs its certificate\n`,
    );
    expect(await start('--tls-cert', none, '--tls-key', key)).toBe(
      `${certSetting} ${none} cannot be read: no such file or directory\n`,
    );
    expect(await start('--tls-cert', garbage, '--tls-key', key)).toBe(
      `${certSetting} ${garbage} has no certificate that can be read\n`,
    );
    expect(await start('--tls-cert', cert, '--tls-key', other.key)).toBe(
      `${keySetting} ${other.key} is not the key of the certificate ${cert}\n`,
    );
  });
});

describe('demo credentials', () => {
  const KNOWN = 'the database was filled by --demo';
  const BEYOND = 'whoever reaches this address may use the demo credentials';
  /** The log until the server has ended. */
  const logOf = async (...args: string[]) => {
    const server = startServe(database, ...args);
    await server.until(/"msg":"listening"/);
    expect(await server.stop()).toBe(0);
    return server.stdout();
  };

  test('are warned of where they are good without being asked for, or beyond this machine', async () => {
    const local = await logOf('--demo');
    expect(local).not.toContain(KNOWN);
    expect(local).not.toContain(BEYOND);
    const open = await logOf('--demo', '--host', '0.0.0.0');
    expect(open).toContain(BEYOND);
    expect(open).not.toContain(KNOWN);
    const later = await logOf();
    expect(later).toMatch(new RegExp(`"level":40.*${KNOWN}`));
    expect(later).not.toContain(BEYOND);
    await runLatchkey(database, 'merchant', 'password', 'demo');
    expect(await logOf()).toContain(KNOWN);
    await runLatchkey(database, 'key', 'revoke', 'demo', '--merchant', 'demo');
    const changed = await logOf('--host', '0.0.0.0');
    expect(changed).not.toContain(KNOWN);
    expect(changed).not.toContain(BEYOND);
    const added = 'the database was not empty: --demo has added nothing';
    expect(changed).not.toContain(added);
    expect(await logOf('--demo')).toMatch(new RegExp(`"level":40.*${added}`));
    expect(local).not.toContain(added);
  });
});
