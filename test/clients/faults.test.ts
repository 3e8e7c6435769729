/** Each kind of fault as clients see it: PHP's ext-soap, zeep, and a bare socket; what came after the commit is kept. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Demo } from '../../src/demo';
import { CONNECTION_FAULTS } from '../../src/simulation/fault';
import { collect } from '../harness/collect';
import { ROOT } from '../harness/server';
import { startSimulation, type Steered } from '../simulation/control';
import { isInstalled, run, testWith } from './scenario';

const FOLDER = join(ROOT, 'test', 'clients');
const PYTHON = '/usr/bin/python3';
const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;

const DRIBBLE = { type: 'dribble', numberOfChunks: 5, totalDuration: 20 };

/** Every kind, by a name that the entitlement of its request has. */
const KINDS: Readonly<Record<string, object>> = {
  Return: { returnCode: 503, returnString: 'No.' },
  named: { returnString: 'grantEntitlement.notSaved' },
  Fault: { fault: { faultcode: 'Client', faultstring: 'Down.' } },
  status: { status: 503 },
  ...Object.fromEntries(CONNECTION_FAULTS.map((fault) => [fault, { fault }])),
  delay: { delay: 5 },
  uniform: { delay: { type: 'uniform', lower: 1, upper: 5 } },
  lognormal: { delay: { type: 'lognormal', median: 3, sigma: 0.2 } },
  dribble: { delay: DRIBBLE },
};

/** Those that need a reply. */
const OF_REPLY = ['CUT_BODY', 'dribble'];

/** Those that strike a call that is carried out all the same. */
const HARMLESS = ['delay', 'uniform', 'lognormal', 'dribble'];

const FAULTS = Object.entries(KINDS).flatMap(([kind, fault]) =>
  ['before', 'after']
    .filter((when) => when === 'after' || !OF_REPLY.includes(kind))
    .map((when) => ({
      kind,
      name: `${when}-${kind}`,
      fault: { ...fault, when, operation: 'grantEntitlement', match: matchOf(`${when}-${kind}`) },
      isKept: when === 'after' || HARMLESS.includes(kind),
    })),
);

function matchOf(name: string) {
  return { 'entitlement.merchantEntitlementId': name };
}

const NOT_SAVED =
  'Failed to save Account after granting entitlement: the simulation has ordered it.';
const OK = /^200 OK$/;

type Seen = Readonly<Record<string, RegExp>>;

/** What all stacks see in the same way. */
const REPLIES: Seen = {
  Return: /^503 No\.$/,
  named: new RegExp(`^400 ${NOT_SAVED.replaceAll('.', '\\.')}$`),
  Fault: /Client Down\.$/,
  ...Object.fromEntries(HARMLESS.map((kind) => [kind, OK])),
};

interface Stack {
  readonly name: string;
  readonly there: jest.It;
  /** Grants an entitlement of each name. @returns `NAME: what came of it` */
  readonly grant: (url: string, names: readonly string[]) => Promise<string[]>;
  readonly seen: Seen;
}

const program =
  (command: string, ...args: string[]): Stack['grant'] =>
  (url, names) =>
    run(command, args, { LATCHKEY_URL: url, LATCHKEY_GRANTS: names.join(' ') }, FOLDER);

const NO_HEADERS = /^HTTP Error Fetching http headers$/;
const NO_ANSWER = /^ConnectionError$/;

const STACKS: readonly Stack[] = [
  {
    name: 'PHP',
    there: testWith(isInstalled(['php', '-m'], 'soap'), 'php-cli php-soap'),
    grant: program('php', '-d', 'display_errors=1', '-d', 'error_reporting=-1', 'faults.php'),
    seen: {
      status: /^HTTP Service Unavailable$/,
      EMPTY_RESPONSE: NO_HEADERS,
      CONNECTION_RESET_BY_PEER: NO_HEADERS,
      MALFORMED_RESPONSE_CHUNK: /^HTTP Error Fetching http body, /,
      RANDOM_DATA_THEN_CLOSE: NO_HEADERS,
      CUT_BODY: /^Client looks like we got no XML document$/,
    },
  },
  {
    name: 'Python, zeep',
    there: testWith(isInstalled([PYTHON, '-c', 'import zeep']), 'python3-zeep'),
    grant: program(PYTHON, 'faults.py'),
    seen: {
      status: /^TransportError$/,
      EMPTY_RESPONSE: NO_ANSWER,
      CONNECTION_RESET_BY_PEER: NO_ANSWER,
      MALFORMED_RESPONSE_CHUNK: /^ChunkedEncodingError$/,
      RANDOM_DATA_THEN_CLOSE: NO_ANSWER,
      CUT_BODY: /^TransportError$/,
    },
  },
  {
    name: 'a bare socket',
    there: test,
    grant: async (url, names) => {
      const lines: string[] = [];
      for (const name of names) lines.push(`${name}: ${await grantBySocket(url, name)}`);
      return lines;
    },
    seen: {
      Fault: /^HTTP\/1\.1 500 .*<faultcode>soap:Client<\/faultcode><faultstring>Down\.</,
      status: /^HTTP\/1\.1 503 Service Unavailable .* Service Unavailable end$/,
      EMPTY_RESPONSE: /^end$/,
      CONNECTION_RESET_BY_PEER: /^ECONNRESET$/,
      MALFORMED_RESPONSE_CHUNK:
        /^HTTP\/1\.1 200 OK .*Transfer-Encoding: chunked {4}[\x80-\xff]{64}end$/,
      RANDOM_DATA_THEN_CLOSE: /^[\x80-\xff]{64}end$/,
      CUT_BODY: /^HTTP\/1\.1 200 OK .*<returnCode>200<(?!.*<\/soap:Envelope>).*end$/,
    },
  },
];

/** What comes on a connection, on one line, and how it ends; of a whole reply, its Return. */
function grantBySocket(url: string, name: string): Promise<string> {
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<v:grantEntitlement xmlns:v="http://soap.vindicia.com/v22_0/Account">' +
    '<auth><version>22.0</version><login>demo</login><password>demo</password></auth>' +
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    `<entitlement><merchantEntitlementId>${name}</merchantEntitlementId></entitlement>` +
    '</v:grantEntitlement></e:Body></e:Envelope>';
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let text = '';
    const done = (end: string) => {
      const [, code, string] = /<returnCode>(\d+)<.*<returnString>([^<]*)</.exec(text) ?? [];
      const isWhole = code !== undefined && text.includes('</soap:Envelope>');
      resolve(isWhole ? `${code} ${string}` : text.replace(/[\r\n]/g, ' ') + end);
    };
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => (text += piece));
    socket.on('end', () => done('end'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => done(String(code)));
    socket.write(
      'POST /soap.pl HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nConnection: close\r\n' +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

let server: Steered;

beforeEach(async () => {
  server = await startSimulation({ merchants: [DEMO], real: true });
  const faults = FAULTS.map(({ fault }) => fault);
  expect((await server.control('PUT', '/faults', faults)).status).toBe(200);
});

for (const { name, there, grant, seen } of STACKS) {
  there(
    `${name} sees each kind of fault; what strikes after the commit is in the ledger`,
    async () => {
      const lines = await grant(
        server.url,
        FAULTS.map((one) => one.name),
      );
      const saw = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line]));
      const other = FAULTS.flatMap(({ name: asked, kind }) => {
        const line = saw.get(asked) ?? `${asked}: nothing`;
        const expected = seen[kind] ?? REPLIES[kind];
        return expected?.test(line.slice(asked.length + 2)) ? [] : [line];
      });
      expect(other).toEqual([]);
      const ledger = await collect(server.store.listLedger({}));
      const granted = ledger.map(({ merchantEntitlementId }) => merchantEntitlementId);
      // Once each: a client that repeats by itself would show here.
      expect(granted.filter((id) => /^(before|after)-/.test(id))).toEqual(
        FAULTS.filter(({ isKept }) => isKept).map((one) => one.name),
      );
    },
  );
}
