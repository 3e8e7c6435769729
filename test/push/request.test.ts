/** The bytes of messages: compact ASCII, signatures and both formats, held against recorded ones. */
import { execFileSync } from 'node:child_process';
import { writeCompact } from '../../src/push/compact-json';
import { requestOf, signatureOf } from '../../src/push/request';
import { isInstalled, testWith } from '../clients/scenario';
import { SAMPLE_KEY, SAMPLES } from './samples';

const testWithPython = testWith(isInstalled(['python3', '-V']), 'python3');
const testWithPhp = testWith(isInstalled(['php', '-v']), 'php-cli');

const EACH = Object.entries(SAMPLES);

test.each(EACH)('%s: written again, and signed, it is the same to the byte', (_, sample) => {
  const { text, signature, form } = sample;
  expect(writeCompact(JSON.parse(text) as object)).toBe(text);
  expect(signatureOf(SAMPLE_KEY, text)).toBe(signature);
  const json = requestOf('json', text, { key: SAMPLE_KEY });
  expect(json).toEqual({
    headers: { 'Content-Type': 'application/json', 'X-Webhook-Signature': signature },
    body: text,
  });
  const { headers, body } = requestOf('form', text, { key: SAMPLE_KEY });
  expect(headers).toEqual({ 'Content-Type': 'application/x-www-form-urlencoded' });
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ json: text, signature });
  if (form !== undefined) expect(body).toBe(form);
});

/** All that JSON writers treat differently: quotes, slashes, control characters, letters beyond ASCII and the plane. */
const ODD = { 'a/b': '"\\/\b\f\n\r\t\u0001\u001f \u007f\u0080é☃\u2028😀+&=%', n: 0, e: {}, l: [1] };

testWithPython('odd texts come out as Python writes them', () => {
  const text = writeCompact(ODD);
  expect(text).toMatch(/^[\x20-\x7e]*$/);
  expect(JSON.parse(text)).toEqual(ODD);
  const script =
    "import json,sys; print(json.dumps(json.load(sys.stdin),separators=(',',':')),end='')";
  expect(execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8' })).toBe(text);
});

testWithPhp('PHP reads the form as it was sent, and finds the same signature', () => {
  const text = writeCompact(ODD);
  const { body } = requestOf('form', text, { key: 'key+/=é' });
  const script =
    'parse_str(stream_get_contents(STDIN), $form);' +
    "echo hash_equals(base64_encode(hash_hmac('sha256', $form['json'], 'key+/=é', true)), $form['signature']) ? $form['json'] : 'no';";
  expect(execFileSync('php', ['-r', script], { input: body, encoding: 'utf8' })).toBe(text);
});

test('Basic authentication: user and password as UTF-8', () => {
  const basic = { user: 'ada', password: 'pä:ss' };
  const { headers } = requestOf('json', '{}', { key: 'k', basic });
  expect(headers['Authorization']).toBe(`Basic ${Buffer.from('ada:pä:ss').toString('base64')}`);
});
