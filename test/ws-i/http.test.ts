/** WS-I Basic Profile 1.1, section 3.4: SOAP in HTTP. */
import { exchange } from '../harness/connection';
import {
  actionOf,
  childText,
  envelope,
  faultOf,
  faults,
  faulty,
  isEntitled,
  namespaceOf,
  post,
  replies,
  requirement,
  revoke,
  useServer,
} from './profile';
import { collect } from '../harness/collect';

const server = useServer();

const TYPE = 'Content-Type: text/xml; charset=utf-8';
const ENTITLED = '<entitled xmlns="">1</entitled>';

const send = (request: string, content: string, type = TYPE) =>
  exchange(server().url, request, [type], content);

describe('3.4.1, 3.4.2 protocol and methods', () => {
  requirement('R1141', 'a request may come by HTTP/1.0, too', async (version) => {
    const { status, text } = await send('POST /soap.pl HTTP/1.0', envelope(isEntitled(version)));
    expect(status).toBe(200);
    expect(text).toContain(ENTITLED);
  });

  requirement('R1140', 'replies are HTTP/1.1', async (version) => {
    // exchange() reads no status from another protocol's status line.
    for (const protocol of ['HTTP/1.0', 'HTTP/1.1']) {
      const { status } = await send(`POST /soap.pl ${protocol}`, envelope(isEntitled(version)));
      expect(status).toBe(200);
    }
  });

  requirement('R1132', 'a call is a POST: by PUT nothing is called', async (version) => {
    const before = (await collect(server().store.listLedger({}))).length;
    expect((await send('PUT /soap.pl', envelope(revoke(version)))).status).toBe(405);
    expect((await collect(server().store.listLedger({}))).length).toBe(before);
  });

  requirement('R1108', 'M-POST, the extension framework, is no method', async (version) => {
    const { status } = await send('M-POST /soap.pl', envelope(isEntitled(version)));
    expect(status).toBe(400);
  });
});

describe('3.4.3 SOAPAction', () => {
  const withAction = (version: string, action: string) =>
    post(server(), envelope(isEntitled(version)), { SOAPAction: action });

  requirement('R1109', 'a quoted SOAPAction is taken, empty or not', async (version) => {
    for (const action of [actionOf(version, 'isEntitled'), '""']) {
      expect((await withAction(version, action)).text).toContain(ENTITLED);
    }
  });

  requirement('R1119', 'an unquoted SOAPAction is no Fault, nor is none', async (version) => {
    for (const action of [actionOf(version, 'isEntitled').replaceAll('"', ''), '']) {
      expect((await withAction(version, action)).text).toContain(ENTITLED);
    }
    expect((await post(server(), envelope(isEntitled(version)))).text).toContain(ENTITLED);
  });

  requirement('R1127', 'the message decides, not SOAPAction', async (version) => {
    for (const action of [actionOf('5.0', 'revokeEntitlement'), '"urn:other"', 'nonsense']) {
      const { text } = await withAction(version, action);
      expect(text).toContain(ENTITLED);
      expect(text).toContain(namespaceOf(version));
    }
  });
});

describe('3.4.4 to 3.4.8 status codes and cookies', () => {
  requirement('R1124', 'a request that was done is answered 2xx', async (version) => {
    const { status } = await post(server(), envelope(isEntitled(version)));
    expect(Math.floor(status / 100)).toBe(2);
  });

  requirement('R1111', 'an envelope that is no Fault comes with 200', async (version) => {
    const answers = await replies(server(), version);
    const answered = answers.filter(({ body }) => body[0]?.name !== 'Fault');
    expect(answered.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  requirement('R1126', 'a Fault comes with 500', async (version) => {
    const answers = await faults(server(), version);
    answers.forEach(faultOf);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]));
  });

  requirement('R1125', 'malformed HTTP → 4xx; what is no SOAP → a Fault', async (version) => {
    expect((await send('POST /soap.pl\tHTTP/1.1', envelope(isEntitled(version)))).status).toBe(400);
    expect((await send('POST /%ff HTTP/1.1', envelope(isEntitled(version)))).status).toBe(404);
    expect((await send('GET /%ff/x.wsdl HTTP/1.1', '')).status).toBe(400);
    const answer = await post(server(), faulty(version)['no envelope'] ?? '');
    expect([answer.status, childText(faultOf(answer), 'faultcode')]).toEqual([500, 'soap:Client']);
  });

  requirement('R1113', 'XML that is not well-formed → a Fault, not 400', async (version) => {
    const answer = await post(server(), `${envelope(isEntitled(version))}<`);
    expect(answer.status).toBe(500);
    expect(childText(faultOf(answer), 'faultstring')).toContain('not well-formed');
  });

  requirement('R1114', 'another method → 405 with Allow', async (version) => {
    for (const path of ['/soap.pl', `/v${version}/soap.pl`]) {
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const { status, headers } = await exchange(server().url, `${method} ${path}`);
        expect([status, headers.allow]).toEqual([405, 'POST']);
      }
    }
  });

  requirement('R1115', 'another Content-Type, or none, is no 415', async (version) => {
    const types = ['application/x-www-form-urlencoded', 'application/xml', 'text/plain'];
    for (const type of [...types.map((name) => `Content-Type: ${name}`), 'X-No-Type: 1']) {
      const { status, text } = await send('POST /soap.pl', envelope(isEntitled(version)), type);
      expect(status).toBe(200);
      expect(text).toContain(ENTITLED);
    }
  });

  requirement('R1130', 'no reply is a redirect', async (version) => {
    for (const { status, headers } of await replies(server(), version)) {
      expect([200, 500]).toContain(status);
      expect(headers.has('location')).toBe(false);
    }
  });

  requirement('R1121', 'no reply sets a cookie', async (version) => {
    for (const { headers } of await replies(server(), version)) {
      expect(headers.getSetCookie()).toEqual([]);
    }
  });
});
