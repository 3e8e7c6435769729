/**
 * Connections that are kept between requests, with nginx before the server: nginx closes an idle one first, so no
 * request meets the end of its connection. Requests come with pauses around nginx's limit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isInstalled, testWith } from '../clients/scenario';
import { Connection } from '../harness/connection';
import { freePort } from '../harness/free-port';
import { makeDatabase, startServerProcess } from '../harness/server-process';
import { SEED } from '../harness/seed';

/** Milliseconds that nginx keeps an idle connection to the server, which keeps it for a second. */
const NGINX_KEEPS = 60;

/** Milliseconds before, at and after that moment. */
const PAUSES = Array.from({ length: 21 }, (_, index) => NGINX_KEEPS - 10 + index);

let folder: string;
let database: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'latchkey.db');
  await makeDatabase(database, SEED);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [{}, 'timeout=75'],
  [{ LATCHKEY_KEEP_ALIVE: '120' }, 'timeout=120'],
])('with %j a reply announces %s', async (environment, announced) => {
  const server = await startServerProcess(database, environment);
  const connection = await Connection.open(server.url);
  connection.write('GET /healthz HTTP/1.1\r\nHost: latchkey\r\n\r\n');
  expect((await connection.reply()).headers['keep-alive']).toBe(announced);
  connection.close();
  await server.end('SIGTERM');
});

testWith(isInstalled(['nginx', '-v']), 'nginx-light')(
  'behind nginx no request fails, whenever it comes',
  async () => {
    const server = await startServerProcess(database, { LATCHKEY_KEEP_ALIVE: '1' });
    const proxy = await startNginx(server.url);
    try {
      const statuses = await Promise.all(
        PAUSES.map(async (milliseconds) => {
          const seen: number[] = [];
          for (let count = 0; count < 5; count += 1) {
            // A POST: nginx sends none a second time by itself.
            seen.push((await fetch(`${proxy.url}/soap.pl`, { method: 'POST', body: 'x' })).status);
            await pause(milliseconds);
          }
          return seen;
        }),
      );
      // Refused by the server as no SOAP, not by nginx with 502.
      expect([...new Set(statuses.flat())]).toEqual([500]);
    } finally {
      await proxy.stop();
      await server.end('SIGTERM');
    }
  },
);

async function startNginx(url: string) {
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr notice;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  upstream latchkey {
    server ${new URL(url).host};
    keepalive 32;
    keepalive_timeout ${NGINX_KEEPS}ms;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://latchkey;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}`,
  );
  const nginx = spawn('nginx', ['-e', 'stderr', '-c', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(nginx, 'exit');
  // It listens before it says that it works.
  await new Promise<void>((resolve, reject) => {
    let said = '';
    nginx.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('using the "epoll" event method')) resolve();
    });
    nginx.once('exit', () => reject(new Error(`nginx ended:\n${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      nginx.kill('SIGTERM');
      await ended;
    },
  };
}
