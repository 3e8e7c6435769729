/** The published package: packed, installed into an empty folder, and used from there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { version } from '../../src/base/package';
import { ROOT } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import { ENVIRONMENT, makeFolder, pack, run } from './installation';

/** Packing compiles; installing asks the registry for what the cache lacks. */
const TIMEOUT = 900_000;

const EMBED = `
  const server = await startServer({ port: 0, database: ':memory:', logLevel: 'silent', demo: true });
  const reply = await fetch(server.url + '/readyz');
  await server.stop();
  const refused = await startServer({ port: 'x' }).catch((error) => error);
  console.log(version, reply.status, refused instanceof SettingError, refused.message);
`;

const TYPES = `
  async function embed(): Promise<string> {
    const options: ServerOptions = { port: 0, database: ':memory:', trustedProxies: ['loopback'] };
    const server: RunningServer = await startServer({ ...options, demo: true });
    await server.stop();
    // @ts-expect-error there is no such setting
    await startServer({ prot: 1 });
    return server.url;
  }
  export const embedded: Promise<string> = embed();
  export const ofPackage: string = version;
`;

const TESTING = `
  const latchkey = await startLatchkey();
  const merchant = await latchkey.merchant({ login: 'packed' });
  const { mode } = await merchant.clock.freeze();
  await merchant.remove();
  await latchkey.stop();
  console.log(merchant.login, mode);
`;

const TESTING_TYPES = `
  async function steer(): Promise<string> {
    await using latchkey: Latchkey = await startLatchkey({ timeZone: 'UTC' });
    await using merchant = await latchkey.merchant();
    await merchant.faults.set({ operation: 'isEntitled', fault: 'EMPTY_RESPONSE' });
    // @ts-expect-error there is no such fault
    await merchant.faults.set({ fault: 'BOOM' });
    return merchant.login;
  }
  export const steered: Promise<string> = steer();
`;

const EMBEDDED = `${version} 200 true --port: "x" is not a number from 0 to 65535\n`;

let folder: string;
/** The server, which `npx` starts by way of a shell that passes no signal on. */
let server: number | undefined;

beforeAll(async () => {
  folder = makeFolder('package');
  await run(folder, 'npm', ['install', await pack(folder)]);
}, TIMEOUT);

afterAll(() => {
  if (server !== undefined) process.kill(server, 'SIGKILL');
  rmSync(folder, { recursive: true });
});

function filesOf(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
}

test('the package holds every module with its types, SQL, contracts, pages, helpers, the demo, and no more', () => {
  const files = filesOf(join(folder, 'node_modules', 'latchkey'));
  const sources = filesOf(join(ROOT, 'src'));
  const modules = sources.filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));
  const expected = [
    ...modules.flatMap((module) => [`dist/src/${module}.js`, `dist/src/${module}.d.ts`]),
    ...sources.filter((file) => file.endsWith('.sql')).map((file) => `src/${file}`),
    ...filesOf(join(ROOT, 'wsdl')).map((file) => `wsdl/${file}`),
    ...filesOf(join(ROOT, 'dist', 'web')).map((file) => plain(`dist/web/${file}`)),
    ...filesOf(join(ROOT, 'helpers'))
      .filter((file) => !/\/(?:tests|__pycache__)\//.test(file))
      .map((file) => `helpers/${file}`),
    'fixtures/demo.json',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
  ];
  expect(files.map(plain).sort()).toEqual(expected.sort());
});

/** Vite's digests depend on the folder that its packages lie in. */
function plain(file: string): string {
  return file.replace(/^(dist\/web\/assets\/.+)-[\w-]{8}(\.\w+)$/, '$1$2');
}

test('npx latchkey serve --demo answers a call, shows the docs and the newest WSDL', async () => {
  const env = { ...ENVIRONMENT, LATCHKEY_PORT: '0', LATCHKEY_DATABASE: 'demo.db' };
  const args = ['--no-install', 'latchkey', 'serve', '--demo'];
  const child = spawn('npx', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error('ended')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, pid, found] = /"pid":(\d+).*"url":"([^"]+)"/.exec(line) ?? [];
      if (!found) return;
      server = Number(pid);
      resolve(found);
    });
  });
  const parts =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<merchantEntitlementId>bac</merchantEntitlementId>';
  const reply = await callAccount(url, 'isEntitled', parts, { login: 'demo', password: 'demo' });
  expect(textOf(reply.body, 'entitled')).toBe('1');
  for (const path of ['/v1/docs', '/26.0/Account.wsdl']) {
    expect((await fetch(url + path)).status).toBe(200);
  }
  const health = ['--no-install', 'latchkey', 'health', '--url', url];
  expect(await run(folder, 'npx', health)).toBe('ok\n');
  process.kill(server ?? NaN, 'SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  server = undefined;
  await expect(run(folder, 'npx', health)).rejects.toThrow('no reply from');
});

test('what is exported can be imported and required', async () => {
  writeFileSync(
    join(folder, 'embed.mjs'),
    `import { SettingError, startServer, version } from 'latchkey';\n${EMBED}`,
  );
  writeFileSync(
    join(folder, 'embed.cjs'),
    `const { SettingError, startServer, version } = require('latchkey');\n(async () => {${EMBED}})();`,
  );
  for (const program of ['embed.mjs', 'embed.cjs']) {
    expect(await run(folder, process.execPath, [program])).toBe(EMBEDDED);
  }
  writeFileSync(
    join(folder, 'testing.mjs'),
    `import { startLatchkey } from 'latchkey/testing';\n${TESTING}`,
  );
  writeFileSync(
    join(folder, 'testing.cjs'),
    `const { startLatchkey } = require('latchkey/testing');\n(async () => {${TESTING}})();`,
  );
  for (const program of ['testing.mjs', 'testing.cjs']) {
    expect(await run(folder, process.execPath, [program])).toBe('packed frozen\n');
  }
});

test('its types compile in both kinds of module, without the types of Node.js', async () => {
  const names = '{ type RunningServer, type ServerOptions, startServer, version }';
  writeFileSync(join(folder, 'types.mts'), `import ${names} from 'latchkey';\n${TYPES}`);
  writeFileSync(join(folder, 'types.cts'), `import ${names} from 'latchkey';\n${TYPES}`);
  const testing = `import { type Latchkey, startLatchkey } from 'latchkey/testing';\n${TESTING_TYPES}`;
  writeFileSync(join(folder, 'testing-types.mts'), testing);
  writeFileSync(join(folder, 'testing-types.cts'), testing);
  const tsc = join(ROOT, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const options =
    '--noEmit --strict --exactOptionalPropertyTypes --target es2024 --module nodenext';
  const args = [tsc, ...options.split(' '), 'types.mts', 'types.cts'];
  args.push('testing-types.mts', 'testing-types.cts');
  expect(await run(folder, process.execPath, args)).toBe('');
}, 60_000);

test(
  'npm install git+file://… builds it',
  async () => {
    const other = makeFolder('git');
    try {
      await run(other, 'npm', ['install', `git+file://${ROOT}`]);
      const help = await run(other, 'npx', ['--no-install', 'latchkey', '--version']);
      expect(help.trim()).toBe(version);
    } finally {
      rmSync(other, { recursive: true });
    }
  },
  TIMEOUT,
);
