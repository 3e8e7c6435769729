/**
 * Damaged requests against a running server: it answers each, soon and well-formed; it never fails
 * within; refused requests change nothing; its memory does not grow. `npm run test:fuzz` sends
 * 200,000. `FUZZ_SEED=…` sends others. Earlier findings are kept in fixtures/fuzz and sent first.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../src/access/authenticate-key';
import { operatorWork } from '../../src/commands/actions/operator';
import { addOffer } from '../../src/orders/change-offer';
import { parseXml } from '../../src/soap/parser';
import { checkDatabase } from '../../src/store/sqlite/check';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { CASES, listCases } from '../harness/cases';
import { SEED } from '../harness/seed';
import { splitAtBlankLine } from '../harness/send';
import { ROOT } from '../harness/server';
import { makeDatabase, type ServerProcess, startServerProcess } from '../harness/server-process';
import { find } from '../harness/xml';
import { Random } from '../soap/random-value';
import { disguise, HOSTILE, mutateBytes, mutateJson, mutateXml, type Sent } from './mutate';
import { REST_REQUESTS } from './rest-requests';
import { type Database, openDatabase } from '../store/sqlite/database';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 3000);
const SEED_OF_RUN = process.env.FUZZ_SEED ?? '1';
const FINDINGS = join(ROOT, 'fixtures', 'fuzz');

/** A request that isn't answered by then hangs; in milliseconds. */
const HANG = 10_000;
/** The most that memory may grow after the first requests, in bytes. */
const GROWTH = 100 * 2 ** 20;

const KEY = 'lk_fuzz';
const LOGIN = SEED[0]?.login ?? '';

let folder: string;
let server: ServerProcess;
let database: Database;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-fuzz-'));
  const path = join(folder, 'test.db');
  await makeDatabase(path, SEED);
  await addSeller(path);
  server = await startServerProcess(path, {
    LATCHKEY_MAX_FAILED_LOGINS: '1000000',
  });
  database = openDatabase(path, { readonly: true });
});

afterAll(async () => {
  agent.destroy();
  database.close();
  await server.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function addSeller(path: string): Promise<void> {
  const store = openSqliteStore(path);
  const merchant = await store.findMerchant(LOGIN);
  const id = merchant?.id ?? 0;
  const digest = digestOf(KEY);
  const key = { name: 'fuzz', digest, scope: 'admin' as const, createdAt: 0 };
  await store.transact(id, async ({ apiKeys }) => apiKeys.insert(key));
  const offer = {
    offerId: 'course',
    name: 'Course',
    merchantEntitlementIds: ['lessons', 'videos'],
  };
  await store.transact(id, (unit) => addOffer(unit, operatorWork(unit, 'UTC'), offer));
  await store.close();
}

const BODIES = listCases().flatMap(({ name, steps }) =>
  steps.map(({ request }) => splitAtBlankLine(readFileSync(join(CASES, name, request), 'utf8'))[1]),
);

function nextRequest(random: Random): Sent {
  const chance = random.next();
  if (chance < 0.15) return restRequest(random);
  const xml = random
    .pick(BODIES)
    .trim()
    .replace(/\{\{[^}]*\}\}/g, 'x');
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  const sent: Sent = { method: 'POST', path: '/soap.pl', headers, body: Buffer.from(xml) };
  if (chance < 0.3) return { ...sent, body: mutateBytes(sent.body, random) };
  const mutated = { ...sent, body: Buffer.from(mutateXml(xml, random)) };
  return chance < 0.4 ? disguise(mutated, random) : mutated;
}

function restRequest(random: Random): Sent {
  const { method, path, body } = random.pick(REST_REQUESTS);
  const key = random.next() < 0.95 ? KEY : 'lk_wrong';
  const headers: Record<string, string> = { 'x-api-key': key, 'content-type': 'application/json' };
  if (random.next() < 0.2) headers['idempotency-key'] = `k${random.below(50)}`;
  const damagedPath =
    random.next() < 0.3
      ? path.replace(/[\w@.%-]+$/, () =>
          encodeURIComponent(plain(random.pick(HOSTILE)).slice(0, 2000)),
        )
      : path;
  const text =
    body === undefined ? '' : random.next() < 0.2 ? JSON.stringify(body) : mutateJson(body, random);
  return { method, path: damagedPath, headers, body: Buffer.from(text) };
}

/** Without halves of characters, which no URL can hold. */
function plain(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, '');
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly ms: number;
}

function send({ method, path, headers, body, chunks }: Sent): Promise<Answer> {
  const length = chunks === undefined ? { 'content-length': body.length } : {};
  const { hostname, port } = new URL(server.url);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        agent,
        timeout: HANG,
        headers: { ...headers, ...length },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body: Buffer.concat(chunks).toString(),
            ms: performance.now() - started,
          }),
        );
      },
    );
    request.on('timeout', () => request.destroy(new Error('it hangs')));
    request.on('error', reject);
    const size = Math.ceil(body.length / (chunks ?? 1));
    for (let from = 0; from < body.length; from += size) {
      request.write(body.subarray(from, from + size));
    }
    request.end();
  });
}

/** Whether the server says that it did what was asked. @throws Error when it isn't well-formed */
function succeeded({ status, contentType, body }: Answer): boolean {
  if (contentType.includes('json')) {
    if (body !== '') JSON.parse(body);
    return status < 400;
  }
  if (!contentType.includes('xml')) return status < 400;
  const root = parseXml(body);
  if (root.name !== 'Envelope') return status === 200;
  return find(root, 'returnCode')?.text === '200';
}

/** Changes when another connection has committed anything. */
const version = (): unknown => database.pragma('data_version', { simple: true });

/** The tables that REST calls may change; even a refused one leaves its key's use and its answer. */
function restState(): unknown {
  return database
    .prepare(
      `SELECT (SELECT max(id) FROM ledger), (SELECT count(*) FROM account),
         (SELECT count(*) FROM customer_order), (SELECT total(changed_at) FROM customer_order),
         (SELECT count(*) FROM order_line), (SELECT count(*) FROM user_profile),
         (SELECT total(deleted_at) FROM user_profile), (SELECT max(id) FROM auto_bill_event)`,
    )
    .raw()
    .get();
}

let afterRest = false;

/** The fault found in the server's answer, or undefined. */
async function findWrong(sent: Sent, seen: Map<string, number>): Promise<string | undefined> {
  const rest = sent.path.startsWith('/v1');
  // A key's use is noted after the answer: the next request may see it.
  const state = rest || afterRest ? () => JSON.stringify(restState()) : version;
  afterRest = rest;
  const before = state();
  const logged = server.lines.length;
  try {
    const answer = await send(sent);
    const good = succeeded(answer);
    const kind = `${rest ? 'REST' : 'SOAP'} ${answer.status} ${good ? 'done' : 'refused'}`;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    seen.set('slowest, ms', Math.max(seen.get('slowest, ms') ?? 0, Math.round(answer.ms)));
    const failure = server.lines.slice(logged).find((line) => line.includes('"level":50'));
    if (failure) return `it failed within: ${failure}`;
    return !good && state() !== before
      ? `refused, but it changed something: ${answer.body}`
      : undefined;
  } catch (error) {
    return `no good answer: ${String(error)}`;
  }
}

function describeRequest({ method, path, headers, body }: Sent): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path}`, ...lines, '', body.toString('latin1')].join('\n');
}

function readFinding(file: string): Sent {
  const [head, body] = splitAtBlankLine(readFileSync(join(FINDINGS, file), 'latin1'));
  const [first = '', ...lines] = head.split('\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
  return { method, path, headers, body: Buffer.from(body, 'latin1') };
}

const KEPT = existsSync(FINDINGS)
  ? readdirSync(FINDINGS).filter((file) => file.endsWith('.http'))
  : [];

test.each([['none yet'], ...KEPT.map((file) => [file])].slice(KEPT.length > 0 ? 1 : 0))(
  'what was found before is answered well: %s',
  async (file) => {
    if (KEPT.includes(file)) expect(await findWrong(readFinding(file), new Map())).toBeUndefined();
  },
);

test(
  `${REQUESTS} damaged requests, seed ${SEED_OF_RUN}`,
  async () => {
    const random = new Random(SEED_OF_RUN);
    const seen = new Map<string, number>();
    let settled = 0;
    for (let count = 0; count < REQUESTS; count += 1) {
      const sent = nextRequest(random);
      const wrong = await findWrong(sent, seen);
      if (wrong !== undefined || !server.alive()) {
        const file = join(tmpdir(), `latchkey-fuzz-${SEED_OF_RUN}-${count}.http`);
        writeFileSync(file, describeRequest(sent), 'latin1');
        throw new Error(`request ${count} of seed ${SEED_OF_RUN}, kept in ${file}: ${wrong}`);
      }
      if (count === Math.floor(REQUESTS / 4)) settled = server.residentMemory();
    }
    expect(server.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
    const memory = server.residentMemory();
    const figures = { ...Object.fromEntries(seen), settled, memory };
    if (process.env.FUZZ_REQUESTS) console.log(JSON.stringify(figures, undefined, 2));
    // Both outcomes occurred: requests that are all refused prove little.
    expect(seen.get('SOAP 200 done')).toBeGreaterThan(REQUESTS / 20);
    expect(seen.get('REST 200 done')).toBeGreaterThan(REQUESTS / 100);
    expect(memory - settled).toBeLessThan(GROWTH);
    const findings: string[] = [];
    checkDatabase(join(folder, 'test.db'), ({ text }) => findings.push(text));
  },
  120_000 + REQUESTS * 100,
);
