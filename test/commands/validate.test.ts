/** `latchkey validate`, as a person runs it: the built program on files. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { readSavedRequest } from '../../src/commands/actions/saved-request';
import { CASES } from '../harness/cases';
import { ROOT } from '../harness/server';

const CLI = join(ROOT, 'dist', 'src', 'cli.js');

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function validate(args: readonly string[], input = ''): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, 'validate', ...args],
      { cwd: tmpdir() },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

const request = (name: string) => join(CASES, name, 'request.http');

const ACTION = 'http://soap.vindicia.com/v4_3/Account#isEntitled';

/** A call without a namespace: only an action says what it is. */
const NAMELESS =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
  '<isEntitled><auth><version>4.3</version></auth>\n<merchantEntitlementId/></isEntitled>' +
  '</e:Body></e:Envelope>';

const NAMELESS_PROBLEMS = [
  ['/isEntitled', 'without a namespace; expected "http://soap.vindicia.com/v4_3/Account"'],
  ['/isEntitled/auth/login', 'missing element; expected before the end of auth'],
  ['/isEntitled/auth/password', 'missing element; expected before the end of auth'],
  ['/isEntitled/account', 'missing element; expected before merchantEntitlementId'],
];

describe('latchkey validate', () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-validate-'));
    file = join(folder, 'request.xml');
    writeFileSync(file, NAMELESS);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('a valid request: exit code 0', async () => {
    expect(await validate([request('strict__valid-request')])).toEqual({
      code: 0,
      stdout: 'valid: Account.revokeEntitlement of 22.0\n',
      stderr: '',
    });
    expect(await validate([request('strict__valid-request'), '--json'])).toMatchObject({
      code: 0,
      stdout: '{"valid":true,"operation":"Account.revokeEntitlement","version":"22.0"}\n',
    });
  });

  test('a call that is described only: valid, or what breaks it, without payment data', async () => {
    const update = await validate([request('updatePaymentMethod__version-21-0')]);
    expect(update.stdout).toBe('valid: Account.updatePaymentMethod of 21.0\n');
    const { code, stdout } = await validate([request('auth__card-data-strict')]);
    expect(code).toBe(2);
    expect(stdout).toContain('/auth/transaction/amount: the value is not a decimal number');
    expect(stdout).not.toContain('4111');
  });

  test('what breaks the WSDL, one problem a line: exit code 2', async () => {
    const { code, stdout } = await validate([file, '--soap-action', `"${ACTION}"`]);
    expect(code).toBe(2);
    expect(stdout).toBe(NAMELESS_PROBLEMS.map((line) => `${line.join(': ')}\n`).join(''));
  });

  test('the same as JSON, from standard input', async () => {
    const { code, stdout } = await validate(['-', '--json', '--soap-action', ACTION], NAMELESS);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      operation: 'Account.isEntitled',
      version: '4.3',
      problems: NAMELESS_PROBLEMS.map(([path, message]) => ({ path, message })),
      more: false,
    });
  });

  test('more than ten problems; a value with a line break stays on its line', async () => {
    const unknown = '<a/>'.repeat(9);
    const broken = NAMELESS.replace(
      '</auth>\n',
      `</auth><account><warnBeforeAutobilling>a\nb</warnBeforeAutobilling>${unknown}</account>`,
    );
    const { stdout } = await validate(['-', '--soap-action', ACTION], broken);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[3]).toContain('/isEntitled/account/warnBeforeAutobilling: "a b" is not a boolean');
    expect(lines[10]).toBe('and more');
  });

  test.each([
    ['no XML', 'hello', 'The request is not well-formed XML: 1:5: '],
    ['no envelope', '<a/>', 'The request is no SOAP envelope: its root is a.'],
    ['nothing that names the operation', NAMELESS, 'no SOAPAction names the operation.'],
  ])('%s: the sentence of the Fault, exit code 2', async (_title, input, fault) => {
    const { code, stdout, stderr } = await validate(['-'], input);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toContain(fault);
    const json = JSON.parse((await validate(['-', '--json'], input)).stdout) as { fault: string };
    expect(json).toMatchObject({ valid: false });
    expect(`${json.fault}\n`).toBe(stdout);
  });

  test('no file: exit code 1', async () => {
    const { code, stdout, stderr } = await validate([join(folder, 'none')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `latchkey: ${join(folder, 'none')}: no such file or directory; name a file or folder that exists\n`,
    );
  });

  test('--help lists the exit codes', async () => {
    const { code, stdout } = await validate(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: latchkey validate [options] <file>');
    expect(stdout).toContain('Exit code 0: valid. 2: ');
  });
});

describe('a saved request', () => {
  const head = (...headers: string[]) =>
    Buffer.from(['POST /soap.pl HTTP/1.1', ...headers, '', ''].join('\r\n'));
  const body = Buffer.from('<ä>\r\n\r\n</ä>');

  test('that is an envelope', () => {
    expect(readSavedRequest(body)).toEqual({ body });
  });

  test.each([
    ['lines that end in CRLF', '\r\n'],
    ['lines that end in LF', '\n'],
  ])('that is HTTP, %s', (_title, end) => {
    const lines = ['POST /soap.pl HTTP/1.0', 'content-type:text/xml', 'SOAPAction: "a#b"', '', ''];
    const saved = Buffer.concat([Buffer.from(lines.join(end)), body]);
    expect(readSavedRequest(saved)).toEqual({ body, contentType: 'text/xml', soapAction: '"a#b"' });
  });

  test('whose action stands in the Content-Type', () => {
    const contentType = 'application/soap+xml; charset=utf-8; action="a#b"';
    const saved = Buffer.concat([head(`Content-Type: ${contentType}`), body]);
    expect(readSavedRequest(saved)).toEqual({ body, contentType, soapAction: 'a#b' });
  });

  test.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['gzip', body],
    ['deflate', body],
  ])('whose body is %s, or was unpacked as it was saved', (encoding, stored) => {
    const saved = Buffer.concat([head(`Content-Encoding: ${encoding}`), stored]);
    expect(readSavedRequest(saved).body).toEqual(body);
  });

  test('without a body', () => {
    expect(readSavedRequest(Buffer.from('GET / HTTP/1.1\r\nHost: x')).body).toHaveLength(0);
  });
});
