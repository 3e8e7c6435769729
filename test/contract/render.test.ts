/** The files in wsdl/ and what is served come from one model: reading and rendering lose nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import { ContractError, parseDocument } from '../../src/contract/document';
import { readSchema } from '../../src/contract/read-schema';
import { TypeLinker } from '../../src/contract/specs';
import { renderSchema, renderWsdl } from '../../src/contract/render';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../../src/store/store';
import { ROOT, startTestServer } from '../harness/server';

const WSDL = join(ROOT, 'wsdl');
const file = (name: string) => readFileSync(join(WSDL, name), 'utf8');

describe('contract', () => {
  const { newest } = loadContract(WSDL);

  test('Vindicia.xsd: read and rendered back, byte for byte', () => {
    expect(renderSchema(newest)).toBe(file('22.0/Vindicia.xsd'));
  });

  test.each([...newest.services.values()].map((service) => [service.name, service] as const))(
    '%s.wsdl: read and rendered back, byte for byte',
    (name, service) => {
      const address = 'http://127.0.0.1:8787/soap.pl';
      expect(renderWsdl(newest, service, { address })).toBe(file(`22.0/${name}.wsdl`));
    },
  );

  test('every single value of Account and Address has its column', () => {
    const scalars = (name: string) => {
      const type = newest.types.get(name);
      if (type?.kind !== 'complex') throw new Error(`${name} is no complexType`);
      return type.fields.filter((field) => field.type.kind !== 'complex').map(({ name }) => name);
    };
    expect(scalars('Account')).toEqual([...ACCOUNT_FIELDS]);
    expect(scalars('Address')).toEqual([...ADDRESS_FIELDS]);
  });

  test.each([
    ['<x:choice/>', 'only a sequence is supported here'],
    ['<x:sequence><x:any/></x:sequence>', 'only elements are supported in a sequence'],
    [
      '<x:sequence><x:element name="a" type="x:double"/></x:sequence>',
      'type xsd:double is not declared',
    ],
    ['<x:sequence><x:element name="a" type="t:Gone"/></x:sequence>', 'type Gone is not declared'],
    ['<x:sequence><x:element name="a" type="x:int" maxOccurs="3"/></x:sequence>', 'maxOccurs="3"'],
    ['<x:sequence><x:element type="x:int"/></x:sequence>', 'attribute name is missing'],
  ])('a construct that the model cannot hold stops the loading: %s', (body, message) => {
    const schema = parseDocument(
      `<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
       <x:complexType name="T">${body}</x:complexType></x:schema>`,
      'test.xsd',
    );
    const load = () => {
      const types = readSchema(schema);
      const fields = [{ name: 't', type: 'T', required: true, repeated: false }];
      return new TypeLinker(types).linkComplex({ kind: 'complex', name: 'message', fields });
    };
    expect(load).toThrow(ContractError);
    expect(load).toThrow(message);
  });
});

describe('served contract', () => {
  const paths = [
    ['/22.0/Account.wsdl', './Vindicia.xsd'],
    ['/soap.pl?wsdl', './22.0/Vindicia.xsd'],
    ['/soap.pl?WSDL', './22.0/Vindicia.xsd'],
    ['/v22.0/soap.pl?wsdl', '../22.0/Vindicia.xsd'],
  ];

  test.each(paths)('%s names its schema so that a client finds it', async (path, schema) => {
    const server = await startTestServer();
    try {
      const response = await fetch(server.url + path);
      const wsdl = await response.text();
      expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
      expect(wsdl).toContain(`schemaLocation="${schema}"`);
      expect(wsdl).toContain(`<soap:address location="${server.url}/soap.pl"/>`);
      const found = await fetch(new URL(schema, server.url + path));
      expect(await found.text()).toBe(file('22.0/Vindicia.xsd'));
    } finally {
      await server.stop();
    }
  });

  test('LATCHKEY_PUBLIC_URL is what soap:address says', async () => {
    const server = await startTestServer({ settings: { publicUrl: 'https://pay.example.com' } });
    const response = await fetch(`${server.url}/22.0/Account.wsdl`);
    expect(await response.text()).toContain('location="https://pay.example.com/soap.pl"');
    await server.stop();
  });

  test.each(['/22.0/Nothing.wsdl', '/99.0/Account.wsdl', '/22.0/Account', '/x', '/22.0/%ff'])(
    '%s → a short text, no page of the framework',
    async (path) => {
      const server = await startTestServer();
      const response = await fetch(server.url + path);
      expect([400, 404]).toContain(response.status);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await response.text()).not.toMatch(/node_modules|<html|\n\s*at /);
      await server.stop();
    },
  );
});
