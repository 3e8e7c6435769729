/** JSON bodies that would become much more in memory than they are as text: refused before they are parsed. */
import { mostValues, MOST_DEPTH, parseJson } from '../../src/rest/parse-json';
import { ADMIN_KEY } from '../orders/rest';
import { type Shop, startShop } from '../orders/shop';

const MOST = mostValues(2 ** 20);

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.stop());

async function send(body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json') {
  const headers = { 'X-API-KEY': ADMIN_KEY, 'Content-Type': contentType };
  const reply = await fetch(`${shop.url}/v1/offers`, { method: 'POST', headers, body });
  return { status: reply.status, ...((await reply.json()) as { message: string }) };
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const offer = (entitlements: string, name = 'n') =>
  `{"id":"o","name":"${name}","entitlements":${entitlements}}`;

test.each([
  ['lists', `[${'1,'.repeat(MOST)}1]`],
  ['objects', `[${'{},'.repeat(MOST / 2)}{}]`],
  ['names', `{${'"a":1,'.repeat(MOST)}"a":1}`],
])('more values than may be: %s → 413', async (_, body) => {
  expect(await send(body)).toMatchObject({
    status: 413,
    message: `The request body has more than ${MOST} values.`,
  });
});

test('lists in one another: as deep as may be is read, one more isn’t', async () => {
  expect(await send(offer(nested(MOST_DEPTH)))).toMatchObject({
    status: 413,
    message: `The request body has more than ${MOST_DEPTH} lists and objects in one another.`,
  });
  const message = 'entitlements.0 must be a text, not a list';
  expect(await send(offer(nested(MOST_DEPTH - 1)))).toMatchObject({ status: 400, message });
});

test('one after another they are not in one another', () => {
  const text = `[${Array.from({ length: 2 * MOST_DEPTH }, () => '[{}]').join(',')}]`;
  expect(parseJson(text, MOST, 'It')).toHaveLength(2 * MOST_DEPTH);
});

test.each([
  ['in texts', '[,{'.repeat(1000)],
  ['after an escaped quotation mark', `\\"${'[,{'.repeat(1000)}`],
  ['after an escaped backslash', `\\\\`],
])('brackets and commas count for nothing %s', (_, text) => {
  expect(parseJson(`["${text}"]`, 2, 'It')).toEqual(JSON.parse(`["${text}"]`));
});

test.each(['"', '["a', '["a\\', ']', '}{', ''])('what is no JSON: %j → 400', async (body) => {
  const whole = body === '' ? ' ' : body;
  expect(await send(whole)).toMatchObject({
    status: 400,
    message: 'The request body is not JSON.',
  });
});

test('UTF-16 where it is named, and no other charset', async () => {
  const text = offer('["a"]', 'Größe');
  const wide = new Uint8Array(Buffer.from(text, 'utf16le'));
  expect(await send(wide, 'application/json; charset=UTF-16LE')).toMatchObject({
    status: 200,
    name: 'Größe',
  });
  expect(await send(text, 'application/json; charset=iso-8859-1')).toMatchObject({ status: 415 });
  expect(await send(wide.subarray(1), 'text/plain; charset="utf-8"')).toMatchObject({
    status: 400,
  });
});
