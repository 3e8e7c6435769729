/** WS-I Basic Profile 1.1, sections 3.1 to 3.3: envelopes, how they are processed, Faults. */
import { XMLNS } from '../../src/soap/namespaces';
import { attributeOf, type XmlElement } from '../../src/soap/xml-element';
import {
  childText,
  elementsOf,
  envelope,
  faultOf,
  faults,
  isEntitled,
  MANDATORY,
  namespaceOf,
  post,
  replies,
  requirement,
  revoke,
  SOAP,
  useServer,
} from './profile';
import { collect } from '../harness/collect';

const server = useServer();
const namesOf = (element?: XmlElement) => element?.attributes.map(({ name }) => name).join() ?? '';
const ledger = async () => (await collect(server().store.listLedger({}))).length;

describe('3.1 SOAP envelopes', () => {
  requirement('R9980', 'a reply is an Envelope with one Body and no Header', async (version) => {
    for (const { root } of await replies(server(), version)) {
      expect([root.namespace, root.name]).toEqual([SOAP, 'Envelope']);
      expect(root.children).toMatchObject([{ namespace: SOAP, name: 'Body' }]);
    }
  });

  requirement('R9981', 'a Body holds one element; two calls in one → Fault', async (version) => {
    for (const { body } of await replies(server(), version)) expect(body).toHaveLength(1);
    const two = await post(server(), envelope(isEntitled(version) + revoke(version)));
    expect(childText(faultOf(two), 'faultcode')).toBe('soap:Client');
  });

  requirement('R1014', 'what a Body holds is namespace-qualified', async (version) => {
    for (const { body } of await replies(server(), version)) {
      expect([SOAP, namespaceOf(version)]).toContain(body[0]?.namespace);
    }
  });

  requirement('R1015', 'an envelope of another name or namespace → Fault', async (version) => {
    const other = envelope(isEntitled(version)).replace(SOAP, 'urn:other');
    expect(childText(faultOf(await post(server(), other)), 'faultcode')).toBe(
      'soap:VersionMismatch',
    );
    const letter = envelope(isEntitled(version)).replaceAll('e:Envelope', 'e:Letter');
    expect(childText(faultOf(await post(server(), letter)), 'faultcode')).toBe('soap:Client');
    // Broken on purpose: SOAP 1.2 is answered in kind.
    const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
    const answer = await post(server(), envelope(isEntitled(version)).replace(SOAP, soap12));
    expect([answer.status, answer.root.namespace]).toEqual([200, soap12]);
  });

  requirement('R1008', 'no reply has a DOCTYPE; a request with one → Fault', async (version) => {
    for (const { text } of await replies(server(), version)) expect(text).not.toContain('<!');
    const answer = await post(server(), `<!DOCTYPE x>${envelope(isEntitled(version))}`);
    expect(childText(faultOf(answer), 'faultstring')).toContain('DOCTYPE');
  });

  requirement('R1009', 'no reply has a processing instruction', async (version) => {
    for (const { text } of await replies(server(), version)) {
      expect(text.match(/<\?/g)).toEqual(['<?']);
      expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
    }
  });

  requirement('R1011', 'nothing follows the Body', async (version) => {
    for (const { root } of await replies(server(), version)) {
      expect(root.children.at(-1)?.name).toBe('Body');
    }
  });

  requirement('R1005', 'no encodingStyle on an element of SOAP', async (version) => {
    for (const { root } of await replies(server(), version)) {
      for (const element of elementsOf(root).filter(({ namespace }) => namespace === SOAP)) {
        expect(namesOf(element)).not.toContain('encodingStyle');
      }
    }
  });

  requirement('R1006', 'no encodingStyle on what the Body holds', async (version) => {
    for (const { body } of await replies(server(), version)) {
      expect(namesOf(body[0])).not.toContain('encodingStyle');
    }
  });

  requirement('R1013', 'no reply says mustUnderstand, so none says it wrongly', async (version) => {
    for (const { text } of await replies(server(), version)) {
      expect(text).not.toContain('mustUnderstand=');
    }
  });

  requirement('R1017', 'a request needs no xsi:type', async (version) => {
    const content = envelope(isEntitled(version));
    expect(content).not.toContain('type=');
    expect((await post(server(), content)).text).toContain('<entitled xmlns="">1</entitled>');
  });

  requirement('R1032', 'no attribute of SOAP on Envelope, Header, Body', async (version) => {
    for (const { root } of await replies(server(), version)) {
      for (const { attributes } of [root, ...root.children]) {
        expect(attributes.filter(({ uri }) => uri === SOAP)).toEqual([]);
      }
    }
  });
});

describe('3.2 SOAP processing model', () => {
  requirement('R1025', 'mandatory headers are checked before anything is done', async (version) => {
    const before = await ledger();
    const after = envelope(revoke(version)).replace(
      '</e:Envelope>',
      `<e:Header>${MANDATORY}</e:Header></e:Envelope>`,
    );
    for (const content of [envelope(revoke(version), MANDATORY), after]) {
      const answer = await post(server(), content);
      expect(childText(faultOf(answer), 'faultcode')).toBe('soap:MustUnderstand');
    }
    expect(await ledger()).toBe(before);
  });

  requirement('R1027', 'a mandatory header for this server → MustUnderstand', async (version) => {
    const next = 'http://schemas.xmlsoap.org/soap/actor/next';
    const actors = { '': true, ' e:actor=""': true, [` e:actor="${next}"`]: true };
    for (const actor of [...Object.keys(actors), ' e:actor="urn:proxy"']) {
      const header = MANDATORY.replace('/>', `${actor}/>`);
      const answer = await post(server(), envelope(isEntitled(version), header));
      if (actor in actors) {
        expect(childText(faultOf(answer), 'faultcode')).toBe('soap:MustUnderstand');
      } else expect(answer.status).toBe(200);
    }
  });

  requirement('R1028', 'after a Fault nothing more is done', async (version) => {
    const before = await ledger();
    const two = envelope(revoke(version) + revoke(version));
    const late = envelope(revoke(version)).replace('</e:Envelope>', '');
    for (const content of [two, late]) faultOf(await post(server(), content));
    expect(await ledger()).toBe(before);
  });

  requirement('R1029', 'a Fault comes in place of the response', async (version) => {
    for (const { body } of await faults(server(), version)) {
      expect(body.map(({ name }) => name)).toEqual(['Fault']);
    }
  });

  requirement('R1030', 'a Fault is reported to the operator: in the log', async (version) => {
    server().log.length = 0;
    const answers = await faults(server(), version);
    const noted = server().log.map(({ soapId, faultstring }) => [soapId, faultstring]);
    expect(answers).not.toEqual([]);
    for (const answer of answers) {
      const [soapId] = elementsOf(faultOf(answer)).filter(({ name }) => name === 'soapId');
      expect(noted).toContainEqual([soapId?.text, childText(faultOf(answer), 'faultstring')]);
    }
  });
});

describe('3.3 SOAP Faults', () => {
  requirement('R1000', 'a Fault holds faultcode, faultstring, detail', async (version) => {
    for (const answer of await faults(server(), version)) {
      const names = faultOf(answer).children.map(({ name }) => name);
      expect(names).toEqual(['faultcode', 'faultstring', 'detail']);
    }
  });

  requirement('R1001', 'what a Fault holds is unqualified', async (version) => {
    for (const answer of await faults(server(), version)) {
      for (const child of faultOf(answer).children) expect(child.namespace).toBe('');
    }
  });

  requirement('R1004', "a faultcode is one of SOAP 1.1's", async (version) => {
    const codes = (await faults(server(), version)).map((answer) => {
      expect(attributeOf(answer.root, XMLNS, 'soap')).toBe(SOAP);
      return childText(faultOf(answer), 'faultcode');
    });
    expect(new Set(codes)).toEqual(
      new Set(['soap:Client', 'soap:VersionMismatch', 'soap:MustUnderstand']),
    );
  });

  requirement('R1031', 'a faultcode has no dot', async (version) => {
    for (const answer of await faults(server(), version)) {
      expect(childText(faultOf(answer), 'faultcode')).not.toContain('.');
    }
  });
});
