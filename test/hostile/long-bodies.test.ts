/** Long bodies: few come in at once, and one at a time is worked on. Short ones wait for none of them. */
import { gzipSync } from 'node:zlib';
import { SYSTEM_TIME } from '../../src/base/time';
import {
  COMING_PATIENCE,
  MOST_COMING,
  SHORT_BODY,
  WORK_PATIENCE,
} from '../../src/base/coming-bodies';
import { Connection } from '../harness/connection';
import { SEED } from '../harness/seed';
import { NOW, startTestServer, type TestServer } from '../harness/server';
import { USER } from '../harness/soap-call';

const LONG = 500_000;
const FILLING = '<x>01234567890123456</x>';

let server: TestServer;
/** What ends the patience with bodies that come in, and with those that are worked on. */
let coming: Set<() => void>;
let worked: Set<() => void>;
/** How many were worked on, and the most at once. */
let all: number;
let most: number;
let open: Connection[];

beforeEach(async () => {
  coming = new Set();
  worked = new Set();
  most = 0;
  all = 0;
  open = [];
  const time = {
    ...SYSTEM_TIME,
    now: () => NOW,
    uptime: undefined,
    after: (milliseconds: number, act: () => void) => {
      const patience = { [COMING_PATIENCE]: coming, [WORK_PATIENCE]: worked }[milliseconds];
      if (!patience) return SYSTEM_TIME.after(milliseconds, act);
      patience.add(act);
      most = Math.max(most, worked.size);
      if (patience === worked) all += 1;
      return () => patience.delete(act);
    },
  };
  server = await startTestServer({ merchants: SEED, time });
});

afterEach(async () => {
  for (const connection of open) connection.close();
  await server.stop();
});

/** A call of that many bytes and more. */
function callOf(bytes: number): string {
  const auth = `<auth><login>${USER.login}</login><password>${USER.password}</password></auth>`;
  return (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    `<v:isEntitled xmlns:v="http://soap.vindicia.com/v22_0/Account">${auth}` +
    '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
    `<merchantEntitlementId>bac</merchantEntitlementId>${FILLING.repeat(bytes / FILLING.length)}` +
    '</v:isEntitled></e:Body></e:Envelope>'
  );
}

const codeIn = (text: string) => /<returnCode>(\d+)/.exec(text)?.[1];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

/** Begins to send a request. */
async function begin(
  body: Buffer,
  sent = body.length,
  headers: readonly string[] = [],
  path = '/soap.pl',
) {
  const connection = await Connection.open(server.url);
  open.push(connection);
  const length = `Content-Length: ${body.length}`;
  connection.send([
    `POST ${path} HTTP/1.1`,
    'Host: a',
    'Content-Type: text/xml',
    length,
    ...headers,
  ]);
  connection.write(body.subarray(0, sent));
  return connection;
}

test('as many come in as there is room for; one that stands still makes room for one that waits', async () => {
  const long = Buffer.from(callOf(LONG));
  const still = [];
  for (let n = 0; n < MOST_COMING; n += 1) {
    still.push(await begin(long, SHORT_BODY + 1));
    await until(() => coming.size === n + 1);
  }

  const whole = await begin(long);
  const short = await begin(Buffer.from(callOf(0)));
  expect((await short.reply()).text).toContain('<returnCode>200<');
  expect(coming.size).toBe(MOST_COMING);

  const [first] = coming;
  first?.();
  const refused = await still[0]?.reply();
  expect(refused?.text).toContain('The request came too slowly, while others waited for room.');
  expect((await whole.reply()).text).toContain('<returnCode>200<');

  still[1]?.write(long.subarray(SHORT_BODY + 1));
  expect((await still[1]?.reply())?.text).toContain('<returnCode>200<');
});

test('REST, before a password is looked at: the same room for both', async () => {
  const body = Buffer.from(JSON.stringify({ name: 'a', password: 'b'.repeat(LONG) }));
  const signIn = () =>
    begin(body, SHORT_BODY + 1, ['X-Latchkey-Console: 1'], '/console/api/session');
  const still = [];
  for (let n = 0; n < MOST_COMING; n += 1) {
    still.push(await signIn());
    await until(() => coming.size === n + 1);
  }
  const whole = await begin(Buffer.from(callOf(LONG)));
  for (const act of [...coming].slice(0, 1)) act();
  const refused = await still[0]?.reply();
  expect(refused).toMatchObject({ status: 408, headers: { connection: 'close' } });
  expect(refused?.text).toContain('The request came too slowly, while others waited for room.');
  expect(codeIn((await whole.reply()).text)).toBe('200');
  still[1]?.write(body.subarray(SHORT_BODY + 1));
  expect((await still[1]?.reply())?.status).toBe(400);
  await until(() => coming.size === MOST_COMING - 2);
});

test.each([
  ['as they are', (text: string) => Buffer.from(text), []],
  ['compressed', (text: string) => gzipSync(text), ['Content-Encoding: gzip']],
])('%s: one at a time is worked on, until it is answered', async (_, pack, headers) => {
  const done: string[] = [];
  const ask = async (name: string, bytes: number) => {
    const connection = await begin(pack(callOf(bytes)), undefined, headers);
    return connection.reply().then(({ text }) => done.push(`${name} ${codeIn(text)}`));
  };
  const long = ask('long', LONG);
  await until(() => worked.size === 1);
  const others = [ask('shorter', LONG / 8), ask('short', 0)];
  await Promise.all([long, ...others]);
  expect(done.filter((name) => name !== 'short 200')).toEqual(['long 200', 'shorter 200']);
  await until(() => worked.size === 0);
  expect(most).toBe(1);
});

test.each([
  ['as they are', (text: string) => Buffer.from(text), []],
  ['compressed', (text: string) => gzipSync(text), ['Content-Encoding: gzip']],
])('JSON, %s: one at a time is worked on, of SOAP and REST together', async (_, pack, headers) => {
  const json = JSON.stringify({ name: 'a', password: 'b', more: 'c'.repeat(LONG) });
  const console = [...headers, 'X-Latchkey-Console: 1'];
  const asked = [0, 1, 2].map(async () => {
    const connection = await begin(pack(json), undefined, console, '/console/api/session');
    return (await connection.reply()).status;
  });
  const soap = await begin(pack(callOf(LONG)), undefined, headers);
  expect(codeIn((await soap.reply()).text)).toBe('200');
  expect(await Promise.all(asked)).toEqual([400, 400, 400]);
  await until(() => worked.size === 0);
  expect([all, most]).toEqual([4, 1]);
});

test('one whose client is gone while it waits for room is forgotten', async () => {
  const long = Buffer.from(callOf(LONG));
  for (let n = 0; n < MOST_COMING; n += 1) await begin(long, SHORT_BODY + 1);
  await until(() => coming.size === MOST_COMING);
  const gone = await begin(long, SHORT_BODY + 1);
  gone.close();
  open[0]?.close();
  open[1]?.close();
  const whole = await begin(long);
  expect((await whole.reply()).text).toContain('<returnCode>200<');
});

test('one that is too long takes no room while the rest of it is read away', async () => {
  const connection = await Connection.open(server.url);
  open.push(connection);
  connection.send(['POST /soap.pl HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked']);
  connection.write(`200000\r\n${'x'.repeat(SHORT_BODY + 1)}`);
  await until(() => coming.size === 1);
  connection.write('x'.repeat(2 ** 20));
  await until(() => coming.size === 0);
});
