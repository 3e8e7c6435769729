/** What a recording keeps has no password and no payment data, however they are written; else nothing is kept. */
import { readdirSync } from 'node:fs';
import { startAnswering, startRecording } from './proxy';

const PASSWORD = 'Tr0ub4dor&3';
const ESCAPED = 'Tr0ub4dor&amp;3';
const CARD = '4111111111111111';

const SECRETS = [PASSWORD, ESCAPED, 'Tr0ub4dor&#38;3', CARD, '4111 1111', 'open sesame', 'cvn-123'];

const REPLY =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
  '<v:updateResponse xmlns:v="http://soap.vindicia.com/v22_0/Account"><return>' +
  '<returnCode>200</returnCode><returnString>OK</returnString><soapId>1</soapId></return>' +
  `<account><merchantAccountId>a</merchantAccountId><paymentMethods><type>CreditCard</type><creditCard><account>${CARD}` +
  '</account></creditCard></paymentMethods></account><created>0</created></v:updateResponse></s:Body></s:Envelope>';

const AUTH = `<auth><version>22.0</version><login>acme</login><password>${ESCAPED}</password></auth>`;

const envelope = (parts: string, { auth = AUTH, before = '', attributes = '' } = {}) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
  `xmlns:m="http://xml.apache.org/xml-soap"${attributes}>${before}<s:Body>` +
  `<v:update xmlns:v="http://soap.vindicia.com/v22_0/Account">${auth}${parts}</v:update></s:Body></s:Envelope>`;

const ACCOUNT = '<account><merchantAccountId>a</merchantAccountId></account>';
const CARD_DATA = `<creditCard><account>${CARD}</account><cvn>cvn-123</cvn></creditCard>`;
const MAP_AUTH =
  '<auth xsi:type="m:Map"><item><key>login</key><value>acme</value></item>' +
  `<item><key>password</key><value>${ESCAPED}</value></item></auth>`;

/** Sends one, and takes what came of it. */
async function record(body: string, headers: Readonly<Record<string, string>> = {}, reply = REPLY) {
  const upstream = await startAnswering((request, response) => {
    request.resume();
    response.writeHead(200, {
      'Content-Type': 'text/xml; charset=utf-8',
      'Set-Cookie': 'open sesame',
    });
    response.end(reply);
  });
  const proxy = await startRecording(upstream.url);
  const answer = await fetch(`${proxy.url}/soap.pl?password=open sesame`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/xml; charset=utf-8', ...headers },
  });
  expect(await answer.text()).toBe(reply);
  const [line = {}] = await proxy.done(1);
  const texts = `${proxy.everything()}${JSON.stringify(proxy.log)}`;
  expect(SECRETS.filter((secret) => texts.includes(secret))).toEqual([]);
  return { line, text: proxy.everything(), names: readdirSync(proxy.folder) };
}

test.each<[string, string]>([
  ['elements', envelope(`<account><paymentMethods>${CARD_DATA}</paymentMethods></account>`)],
  [
    'a prefix and attributes',
    envelope(
      `<account><x:paymentMethods xmlns:x="y" a="b">${CARD_DATA}</x:paymentMethods></account>`,
    ),
  ],
  ['an xsi:type', envelope(`<account><z xsi:type="v:PaymentMethod">${CARD_DATA}</z></account>`)],
  [
    'CDATA',
    envelope(ACCOUNT, {
      auth: `<auth><login>acme</login><password><![CDATA[${PASSWORD}]]></password></auth>`,
    }),
  ],
  [
    'a reference of a character',
    envelope(ACCOUNT, {
      auth: '<auth><login>acme</login><password>Tr0ub4dor&#38;3</password></auth>',
    }),
  ],
  ['a comment', envelope(`${ACCOUNT}<!-- ${CARD} ${PASSWORD} -->`)],
  ['a header', envelope(ACCOUNT, { before: '<s:Header><k>open sesame</k></s:Header>' })],
  ['a note', envelope(`<account><name>${CARD}, 4111 1111-1111 1111</name></account>`)],
  ['a Map', envelope(ACCOUNT, { auth: MAP_AUTH })],
  [
    'a reference',
    envelope(ACCOUNT, { auth: '<auth href="#1"/>', attributes: '' }).replace(
      '</s:Body>',
      `<multiRef id="1"><login>acme</login><password>${ESCAPED}</password></multiRef></s:Body>`,
    ),
  ],
])('taken out: %s', async (_name, body) => {
  const { line, text, names } = await record(body, {
    Authorization: 'Basic open sesame',
    'X-API-KEY': 'open sesame',
    Cookie: 'open sesame',
    'User-Agent': `old ${CARD}`,
  });
  expect(line).toMatchObject({ case: 'update__000001' });
  expect(names).toEqual(['update__000001']);
  expect(text).toContain('***');
  expect(text).toContain(
    '<merchantAccountId>a</merchantAccountId><paymentMethods>***</paymentMethods>',
  );
});

test.each<[string, string, string]>([
  [
    'payment data in a Map',
    envelope(
      `<account xsi:type="m:Map"><item><key>paymentMethods</key><value><account>${CARD}</account><cvn>cvn-123</cvn></value></item></account>`,
    ),
    'it has payment data in SOAP encoding',
  ],
  [
    'payment data by reference',
    envelope('<account><paymentMethods href="#1"/></account>').replace(
      '</s:Body>',
      `<multiRef id="1">${CARD_DATA}</multiRef></s:Body>`,
    ),
    'it has payment data in SOAP encoding',
  ],
  [
    'the password in a note',
    envelope(`${ACCOUNT}<note>${ESCAPED}</note>`),
    'its password stands in another place, too',
  ],
  ['what is no XML', `<a>${PASSWORD}`, 'it calls no operation that is known'],
  [
    'an unknown version',
    envelope(ACCOUNT).replace('v22_0', 'v99_0'),
    'it calls no operation that is known',
  ],
  [
    'bytes in no encoding',
    `<?xml version="1.0" encoding="koi8-r"?>${envelope(ACCOUNT)}`,
    'it is packed or encoded in a way that cannot be read',
  ],
])('not kept: %s', async (_name, body, reason) => {
  const headers =
    reason.includes('encoded') && !reason.includes('SOAP') ? { 'Content-Type': 'text/xml' } : {};
  const { line, names } = await record(body, headers);
  expect(line).toMatchObject({ notKept: reason });
  expect(names).toEqual([]);
});

test.each<[string, string, string]>([
  ['no XML', `<p>${PASSWORD}`, 'its reply is no XML'],
  ['no envelope', '<p/>', 'its reply is no SOAP envelope'],
  ['the password', REPLY.replace('OK', ESCAPED), 'its password stands in another place, too'],
])('not kept: a reply that holds %s', async (_name, reply, reason) => {
  const { line, names } = await record(envelope(ACCOUNT), {}, reply);
  expect(line).toMatchObject({ notKept: reason });
  expect(names).toEqual([]);
});

test('a number that is no card’s stays', async () => {
  const { text } = await record(
    envelope('<account><name>4111111111111112 and 1717243200500</name></account>'),
  );
  expect(text).toContain('4111111111111112 and 1717243200500');
});
