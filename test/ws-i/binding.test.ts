/** WS-I Basic Profile 1.1, sections 4.4 to 4.7: messages, portType, SOAP binding; 6: HTTPS. */
import { SOAP_HTTP, WSDL, WSDL_SOAP, XSD } from '../../src/contract/namespaces';
import { startTestServer } from '../harness/server';
import {
  bodiesOf,
  everyElement,
  find,
  loadDescription,
  namesOf,
  only,
  operationsOf,
  partsOf,
} from './description';
import {
  call,
  childText,
  elementsOf,
  envelope,
  faultOf,
  faults,
  isEntitled,
  MANDATORY,
  namespaceOf,
  post,
  requirement,
  SOAP,
  useServer,
} from './profile';

const server = useServer();
const load = (version: string) => loadDescription(server(), version);

describe('4.4 messages', () => {
  requirement('R2201', 'soap:body names no parts, so not two', async (version) => {
    for (const body of bodiesOf(await load(version))) {
      expect(body.attribute('parts')).toBeUndefined();
    }
  });

  requirement('R2210', 'a message has one part', async (version) => {
    const parts = partsOf(await load(version));
    expect(parts).not.toEqual([]);
    for (const each of parts) expect(each).toHaveLength(1);
  });

  requirement('R2204', 'a part is an element', async (version) => {
    for (const [part] of partsOf(await load(version))) {
      expect(part?.qname('element').namespace).toBe(namespaceOf(version));
    }
  });

  requirement('R2306', 'no part has both type and element', async (version) => {
    for (const [part] of partsOf(await load(version)))
      expect(part?.attribute('type')).toBeUndefined();
  });

  requirement('R2206', 'that element is a global one', async (version) => {
    const { messages } = await load(version);
    const global = namesOf(messages.all(XSD, 'element'));
    for (const [part] of partsOf(await load(version))) {
      expect(global).toContain(part?.qname('element').name);
    }
  });

  requirement('R2209', 'every part is bound: soap:body binds the only one', async (version) => {
    const description = await load(version);
    const operations = operationsOf(description.binding);
    expect(bodiesOf(description)).toHaveLength(2 * operations.length);
  });

  requirement('R2301', 'a reply holds the part of the message, in order', async (version) => {
    const { body } = await post(server(), envelope(isEntitled(version)));
    expect(body.map(({ name }) => name)).toEqual(['isEntitledResponse']);
  });
});

describe('4.5 portType', () => {
  requirement('R2303', 'every operation has an input, then an output', async (version) => {
    for (const operation of operationsOf((await load(version)).portType)) {
      const names = operation.children.map(({ name }) => name);
      expect(names.filter((name) => name !== 'documentation')).toEqual(['input', 'output']);
    }
  });

  requirement('R2304', 'no two operations have one name', async (version) => {
    const names = namesOf(operationsOf((await load(version)).portType));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('isEntitled');
  });

  requirement('R2305', 'parameterOrder is not used', async (version) => {
    for (const operation of operationsOf((await load(version)).portType)) {
      expect(operation.attribute('parameterOrder')).toBeUndefined();
    }
  });
});

describe('4.6, 4.7 binding', () => {
  requirement('R2401', 'the binding is a SOAP binding', async (version) => {
    const { binding } = await load(version);
    const extensions = everyElement(binding).filter(({ namespace }) => namespace !== WSDL);
    expect(only(binding, WSDL_SOAP, 'binding')).toBeDefined();
    for (const { namespace } of extensions) expect(namespace).toBe(WSDL_SOAP);
  });

  requirement('R2701', 'the binding names its transport', async (version) => {
    const { binding } = await load(version);
    expect(only(binding, WSDL_SOAP, 'binding').attribute('transport')).toBeDefined();
  });

  requirement('R2702', 'the transport is HTTP', async (version) => {
    const { binding } = await load(version);
    expect(only(binding, WSDL_SOAP, 'binding').required('transport')).toBe(SOAP_HTTP);
  });

  requirement('R2705', 'every operation is document style', async (version) => {
    const { binding } = await load(version);
    expect(only(binding, WSDL_SOAP, 'binding').required('style')).toBe('document');
    for (const operation of find(binding, WSDL_SOAP, 'operation')) {
      expect(operation.required('style')).toBe('document');
    }
  });

  requirement('R2706', 'every soap:body is literal', async (version) => {
    const bodies = bodiesOf(await load(version));
    expect(bodies).not.toEqual([]);
    for (const body of bodies) expect(body.required('use')).toBe('literal');
  });

  requirement('R2710', 'no two operations look the same on the wire', async (version) => {
    const { definitions, portType } = await load(version);
    const elements = operationsOf(portType).map((operation) => {
      const { name } = only(operation, WSDL, 'input').qname('message');
      const message = definitions.all(WSDL, 'message').find((m) => m.required('name') === name);
      return message && only(message, WSDL, 'part').qname('element').name;
    });
    expect(elements).toEqual(namesOf(operationsOf(portType)));
    expect(new Set(elements).size).toBe(elements.length);
  });

  requirement('R2711', 'one port has the address', async (version) => {
    const { definitions } = await load(version);
    const addresses = find(definitions, WSDL_SOAP, 'address');
    expect(addresses.map((each) => each.required('location'))).toEqual([`${server().url}/soap.pl`]);
  });

  requirement('R2712', "a reply's Body holds the part's element", async (version) => {
    const { messages } = await load(version);
    const { body } = await post(server(), envelope(isEntitled(version)));
    expect(namesOf(messages.all(XSD, 'element'))).toContain(body[0]?.name);
    expect(body[0]?.namespace).toBe(messages.required('targetNamespace'));
  });

  requirement('R2716', 'no soap:body has a namespace', async (version) => {
    for (const body of bodiesOf(await load(version))) {
      expect(body.attribute('namespace')).toBeUndefined();
    }
  });

  requirement('R2718', 'binding and portType have the same operations', async (version) => {
    const { binding, portType } = await load(version);
    expect(namesOf(operationsOf(binding))).toEqual(namesOf(operationsOf(portType)));
  });

  requirement('R2719', 'no header, fault or headerfault is bound', async (version) => {
    const { binding } = await load(version);
    for (const name of ['header', 'fault', 'headerfault']) {
      expect(find(binding, WSDL_SOAP, name)).toEqual([]);
    }
  });

  requirement('R2742', "a Fault's detail holds what no wsdl:fault declares", async (version) => {
    for (const answer of await faults(server(), version)) {
      const [detail] = faultOf(answer).children.filter(({ name }) => name === 'detail');
      expect(detail?.children).toMatchObject([{ namespace: '', name: 'soapId' }]);
    }
  });

  requirement('R2724', 'what the WSDL does not describe → Client', async (version) => {
    const unknown = await post(server(), envelope(call(version, 'buyEntitlement', '')));
    expect(childText(faultOf(unknown), 'faultcode')).toBe('soap:Client');
    // Broken on purpose: a value that isn't of its type is refused by a Return.
    const soon = '<entitlement><startTimestamp>soon</startTimestamp></entitlement>';
    const { status, text } = await post(server(), envelope(call(version, 'isEntitled', soon)));
    expect(status).toBe(200);
    expect(text).toContain('<returnCode>400</returnCode>');
  });

  requirement(
    'R2725',
    'VersionMismatch, MustUnderstand, Client: in this order',
    async (version) => {
      const everything = envelope(call(version, 'buyEntitlement', ''), MANDATORY);
      const code = async (content: string) =>
        childText(faultOf(await post(server(), content)), 'faultcode');
      expect(await code(everything.replace(SOAP, 'urn:other'))).toBe('soap:VersionMismatch');
      expect(await code(everything)).toBe('soap:MustUnderstand');
      expect(await code(everything.replace('e:mustUnderstand="1"', ''))).toBe('soap:Client');
    },
  );

  requirement('R2739', 'a header that nothing describes is passed over', async (version) => {
    const header = MANDATORY.replace('e:mustUnderstand="1"', '');
    const answer = await post(server(), envelope(isEntitled(version), header));
    expect(elementsOf(answer.root).map(({ name }) => name)).toContain('entitled');
  });

  requirement('R2744', 'soapAction is named for every operation', async (version) => {
    const { binding } = await load(version);
    for (const operation of operationsOf(binding)) {
      expect(only(operation, WSDL_SOAP, 'operation').required('soapAction')).toBe(
        `${namespaceOf(version)}#${operation.required('name')}`,
      );
    }
  });
});

describe('6 security', () => {
  requirement('R5001', 'the address is https where it is behind HTTPS', async (version) => {
    const publicUrl = 'https://pay.example.com';
    const proxied = await startTestServer({ settings: { publicUrl } });
    for (const [from, expected] of [
      [proxied, publicUrl],
      [server(), server().url],
    ] as const) {
      const { definitions } = await loadDescription(from, version);
      const [address] = find(definitions, WSDL_SOAP, 'address');
      expect(address?.required('location')).toBe(`${expected}/soap.pl`);
    }
    await proxied.stop();
  });
});
