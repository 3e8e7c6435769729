/**
 * The image: built from a local base, started as its configuration says, called, asked for its health,
 * ended. `buildah` builds and runs it without a daemon; that takes root.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { isInstalled, testWith } from '../clients/scenario';
import { freePort } from '../harness/free-port';
import { ROOT } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { textOf } from '../harness/xml';

const BASE = 'localhost/latchkey-test-base';
const IMAGE = 'localhost/latchkey-test';
const DOCKER = join(ROOT, 'packaging', 'docker');

/** The parts of an image's configuration that count here. */
interface Config {
  readonly User: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Healthcheck: { readonly Test: readonly string[] };
  readonly Volumes: object;
}

const installed =
  isInstalled(['buildah', '--version']) && isInstalled(['debootstrap', '--version']);
const testImage = testWith(installed && process.getuid?.() === 0, 'buildah debootstrap, and root');

async function run(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd: ROOT, maxBuffer: 2 ** 24 });
  return stdout.trim();
}

async function build(): Promise<Config> {
  await run('sh', join(__dirname, 'base-image.sh'), BASE, process.execPath);
  const options = [
    '--isolation',
    'chroot',
    '--format',
    'docker',
    '--build-arg',
    `NODE_IMAGE=${BASE}`,
  ];
  const ignored = ['--ignorefile', join(DOCKER, 'Dockerfile.dockerignore')];
  await run(
    'buildah',
    'build',
    ...options,
    ...ignored,
    '-f',
    join(DOCKER, 'Dockerfile'),
    '-t',
    IMAGE,
  );
  const image = JSON.parse(await run('buildah', 'inspect', '--type', 'image', IMAGE)) as {
    Docker: { config: Config };
  };
  return image.Docker.config;
}

testImage(
  'the image is built, serves calls as a user without rights, knows its health, ends by SIGTERM',
  async () => {
    const { Entrypoint, Cmd, Healthcheck, User, Volumes } = await build();
    expect(User).toBe('node');
    expect(Volumes).toEqual({ '/data': {} });
    const port = await freePort();
    const container = await run('buildah', 'from', IMAGE);
    const inside = [
      'run',
      '--isolation',
      'chroot',
      '--env',
      `LATCHKEY_PORT=${port}`,
      container,
      '--',
    ];
    const args = [...inside, ...Entrypoint, ...Cmd, '--demo'];
    const child = spawn('buildah', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let pid: number | undefined;
    try {
      pid = await new Promise<number>((resolve, reject) => {
        child.once('close', () => reject(new Error('ended')));
        createInterface({ input: child.stdout }).on('line', (line) => {
          const [, found] = /"pid":(\d+).*"url":/.exec(line) ?? [];
          if (found) resolve(Number(found));
        });
      });
      const parts =
        '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
        '<merchantEntitlementId>bac</merchantEntitlementId>';
      const credentials = { login: 'demo', password: 'demo' };
      const url = `http://127.0.0.1:${port}`;
      const reply = await callAccount(url, 'isEntitled', parts, credentials);
      expect(textOf(reply.body, 'entitled')).toBe('1');
      const [kind, ...health] = Healthcheck.Test;
      expect(kind).toBe('CMD');
      expect(await run('buildah', ...inside, ...health)).toBe('ok');
      expect(await run('buildah', ...inside, 'stat', '-c', '%U', '/data/latchkey.db')).toBe('node');
      process.kill(pid, 'SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
      pid = undefined;
    } finally {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await run('buildah', 'rm', container);
      await run('buildah', 'rmi', IMAGE, BASE);
    }
  },
  900_000,
);
