/** Requests that a browser sends for the page of another site are refused; those of programs and own pages are not. */
import { callAccount } from '../harness/soap-call';
import { exchange } from '../harness/connection';
import { KEY, type RestServer, startRestServer } from '../orders/rest';

let server: RestServer;

beforeAll(async () => {
  server = await startRestServer();
});

afterAll(() => server.stop());

/** A call that would succeed, as a page can post it without asking. */
const BODY =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
  '<v:getHello xmlns:v="http://soap.vindicia.com/v22_0/Diagnostic"><auth><version>22.0</version>' +
  '<login>acme_soap</login><password>s&amp;cret&lt;2&gt;</password></auth></v:getHello></e:Body></e:Envelope>';

const post = (path: string, site: string, type = 'text/plain') =>
  exchange(server.url, `POST ${path}`, [`Sec-Fetch-Site: ${site}`, `Content-Type: ${type}`], BODY);

describe.each(['cross-site', 'same-site'])('%s', (site) => {
  test.each([
    ['/soap.pl', 'text/plain'],
    ['/soap.pl', 'text/xml'],
    ['/', 'text/plain'],
    ['/v22.0/soap.pl', 'multipart/form-data'],
    ['/soap.pl?a', 'application/x-www-form-urlencoded'],
  ])('SOAP: POST %s, %s → a Fault with 403', async (path, type) => {
    const { status, text } = await post(path, site, type);
    expect(status).toBe(403);
    expect(text).toContain('<faultcode>soap:Client</faultcode>');
    expect(text).toContain('a page of another site sends this request (Sec-Fetch-Site)');
  });

  test.each(['POST', 'DELETE'])('REST: %s → 403, whatever the key', async (method) => {
    for (const key of [KEY, null]) {
      const headers = { 'Sec-Fetch-Site': site };
      const body = { emails: ['ada@example.com'] };
      const { status, body: answer } = await server.call(method, '/users/delete-users', {
        key,
        headers,
        body,
      });
      expect(status).toBe(403);
      expect(answer).toMatchObject({ statusCode: 403, error: 'Forbidden' });
    }
  });

  test('reading stays: a link to the index, a WSDL or the docs', async () => {
    for (const path of ['/', '/22.0/Account.wsdl', '/v1/docs', '/healthz']) {
      expect((await exchange(server.url, `GET ${path}`, [`Sec-Fetch-Site: ${site}`])).status).toBe(
        200,
      );
    }
  });
});

test.each(['same-origin', 'none'])('%s → answered', async (site) => {
  const { status, text } = await post('/soap.pl', site, 'text/xml');
  expect(status).toBe(200);
  expect(text).toContain('<returnCode>200</returnCode>');
  const headers = { 'Sec-Fetch-Site': site };
  const body = { emails: ['nobody@example.com'] };
  expect((await server.call('POST', '/users/delete-users', { headers, body })).status).toBe(404);
});

test('a program sends no such header', async () => {
  const { returnCode } = await callAccount(server.url, 'fetchByVid', '<vid>none</vid>');
  expect(returnCode).toBe('400');
});
