/** WS-I Basic Profile 1.1, sections 4.1 to 4.5 and 4.8: the WSDL's structure, types, messages. */
import { SCHEMA_FILE, WSDL, XSD } from '../../src/contract/namespaces';
import { exchange } from '../harness/connection';
import { everyElement, find, loadDescription, namesOf, only } from './description';
import { namespaceOf, requirement, useServer } from './profile';

const server = useServer();
const load = (version: string) => loadDescription(server(), version);

describe('4.1, 4.2 documents', () => {
  requirement('R0001', 'the WSDL is there on request', async (version) => {
    for (const path of [`/${version}/Account.wsdl`, `/v${version}/soap.pl?wsdl`]) {
      const { status, text } = await exchange(server().url, `GET ${path}`);
      expect(status).toBe(200);
      expect(text).toContain(`targetNamespace="${namespaceOf(version)}"`);
    }
  });

  requirement('R2001', 'no wsdl:import, so none that imports a schema', async (version) => {
    const { definitions } = await load(version);
    expect(find(definitions, WSDL, 'import')).toEqual([]);
  });

  requirement('R2002', 'the schema is imported by xsd:import', async (version) => {
    const { messages } = await load(version);
    const imported = only(messages, XSD, 'import');
    expect(imported.required('namespace')).toBe(namespaceOf(version, 'Vindicia'));
    expect(imported.required('schemaLocation')).toBe(`./${SCHEMA_FILE}`);
  });

  requirement('R2003', 'xsd:import stands in the xsd:schema of types alone', async (version) => {
    const { definitions, messages } = await load(version);
    expect(find(definitions, XSD, 'import')).toHaveLength(messages.all(XSD, 'import').length);
  });

  requirement('R2004', 'what is imported is an xsd:schema', async (version) => {
    const { types } = await load(version);
    expect([types.namespace, types.name]).toEqual([XSD, 'schema']);
    expect(types.required('targetNamespace')).toBe(namespaceOf(version, 'Vindicia'));
  });

  requirement('R2010', 'the imported schema is UTF-8', async (version) => {
    const { xsd } = await load(version);
    expect(xsd.toString()).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(xsd)).not.toThrow();
  });

  requirement('R2011', 'the imported schema is XML 1.0', async (version) => {
    expect((await load(version)).xsd.toString()).toMatch(/^<\?xml version="1.0"/);
  });

  requirement('R4003', 'the WSDL is UTF-8', async (version) => {
    const { wsdl } = await load(version);
    expect(wsdl.toString()).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(wsdl)).not.toThrow();
  });

  requirement('R4004', 'the WSDL is XML 1.0', async (version) => {
    expect((await load(version)).wsdl.toString()).toMatch(/^<\?xml version="1.0"/);
  });

  requirement('R2023', 'types come before all else', async (version) => {
    const { definitions } = await load(version);
    expect(definitions.children[0]?.name).toBe('types');
  });

  requirement('R2030', 'documentation comes first in what it is of', async (version) => {
    const { definitions } = await load(version);
    const documented = everyElement(definitions).filter(
      (element) => element.all(WSDL, 'documentation').length > 0,
    );
    expect(documented).not.toEqual([]);
    for (const { children } of documented) expect(children[0]?.name).toBe('documentation');
  });

  requirement('R2026', 'no extension is required', async (version) => {
    const { wsdl } = await load(version);
    expect(wsdl.toString()).not.toMatch(/required=/);
  });
});

describe('4.3, 4.8 types', () => {
  requirement('R2101', 'what a name refers to is declared here or imported', async (version) => {
    const { definitions, messages, types, portType, binding } = await load(version);
    const tns = (name: string) => ({ namespace: namespaceOf(version), name });
    const declared = namesOf(messages.all(XSD, 'element')).map(tns);
    for (const part of find(definitions, WSDL, 'part')) {
      expect(declared).toContainEqual(part.qname('element'));
    }
    const messageNames = namesOf(definitions.all(WSDL, 'message')).map(tns);
    for (const name of ['input', 'output']) {
      for (const used of find(portType, WSDL, name)) {
        expect(messageNames).toContainEqual(used.qname('message'));
      }
    }
    expect(binding.qname('type')).toEqual(tns(portType.required('name')));
    expect(types.all(XSD, 'complexType')).not.toEqual([]);
  });

  requirement('R2102', 'a type is of XML Schema or of the imported schema', async (version) => {
    const { messages, types } = await load(version);
    const declared = new Set(namesOf(types.children));
    const used = [messages, types]
      .flatMap((schema) => find(schema, XSD, 'element'))
      .filter((element) => element.attribute('type') !== undefined)
      .map((element) => element.qname('type'));
    expect(used.length).toBeGreaterThan(100);
    for (const { namespace, name } of used) {
      if (namespace === XSD) continue;
      expect(namespace).toBe(namespaceOf(version, 'Vindicia'));
      expect(declared).toContain(name);
    }
  });

  requirement('R2105', 'every schema has a targetNamespace', async (version) => {
    const { messages, types } = await load(version);
    expect(messages.required('targetNamespace')).toBe(namespaceOf(version));
    expect(types.required('targetNamespace')).toBe(namespaceOf(version, 'Vindicia'));
  });

  requirement('R2110', 'no type extends or restricts soapenc:Array', async (version) => {
    const { wsdl, xsd } = await load(version);
    for (const text of [wsdl, xsd]) {
      expect(text.toString()).not.toContain('http://schemas.xmlsoap.org/soap/encoding/');
    }
  });

  requirement('R2111', 'no type has an arrayType', async (version) => {
    const { wsdl, xsd } = await load(version);
    for (const text of [wsdl, xsd]) expect(text.toString()).not.toContain('arrayType');
  });

  requirement('R2112', 'no name is ArrayOf something', async (version) => {
    const { messages, types } = await load(version);
    const named = [messages, types].flatMap(everyElement).map((part) => part.attribute('name'));
    expect(named.filter((name) => /^ArrayOf/i.test(name ?? ''))).toEqual([]);
  });

  requirement('R2114', 'WSDL and messages share one targetNamespace', async (version) => {
    const { definitions, messages } = await load(version);
    const namespace = definitions.required('targetNamespace');
    expect(messages.required('targetNamespace')).toBe(namespace);
  });
});
