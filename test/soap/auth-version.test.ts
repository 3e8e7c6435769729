/** The namespace says which version a request speaks; auth.version may say another. */
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { USER } from '../harness/soap-call';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ merchants: SEED });
});

afterAll(() => server.stop());

/** Calls isEntitled in 8.0; gives the reply and its line of the log. */
async function call(authVersion: string) {
  server.log.length = 0;
  const namespace = 'http://soap.vindicia.com/v8_0/Account';
  const response = await fetch(`${server.url}/v22.0/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    body:
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
      `<v:isEntitled xmlns:v="${namespace}"><auth>${authVersion}` +
      `<login>${USER.login}</login><password>${USER.password}</password></auth>` +
      '</v:isEntitled></e:Body></e:Envelope>',
  });
  const [line = {}] = server.log.filter(({ msg }) => msg === 'soap');
  return { reply: await response.text(), line };
}

test.each(['22.0', '22', '4.3', '99.9'])(
  'auth.version %j in an 8.0 call: 8.0 counts, the log notes it',
  async (version) => {
    const { reply, line } = await call(`<version>${version}</version>`);
    expect(reply).toContain('<isEntitledResponse xmlns="http://soap.vindicia.com/v8_0/Account">');
    expect(line).toMatchObject({ version: '8.0', authVersion: version, returnCode: 400 });
  },
);

test.each(['<version>8.0</version>', '<version>8</version>', '<version>8.00</version>', ''])(
  '%j in an 8.0 call is nothing to note',
  async (version) => {
    const { line } = await call(version);
    expect(line).toMatchObject({ version: '8.0', returnCode: 400 });
    expect(line).not.toHaveProperty('authVersion');
  },
);

test.each(['p&amp;ss&lt;1&gt;', '1e3', '12345', '1.2.3', '-1'])(
  'auth.version %j is no version: it stays out of the log',
  async (version) => {
    const { line } = await call(`<version>${version}</version>`);
    expect(line).not.toHaveProperty('authVersion');
  },
);
