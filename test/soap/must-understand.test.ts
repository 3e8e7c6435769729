/** Which header blocks must be understood: those that are mandatory and meant for this server. */
import { readEnvelope } from '../../src/soap/read-envelope';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';

const read = (soap: string, attributes: string) =>
  readEnvelope(
    `<e:Envelope xmlns:e="${soap}"><e:Header><h:token xmlns:h="urn:h" ${attributes}/></e:Header>` +
      '<e:Body><x/></e:Body></e:Envelope>',
  );

test.each([
  [SOAP_11, 'e:mustUnderstand="1"'],
  [SOAP_11, 'e:mustUnderstand="1" e:actor=""'],
  [SOAP_11, 'e:mustUnderstand="1" e:actor=" http://schemas.xmlsoap.org/soap/actor/next "'],
  [SOAP_11, 'e:mustUnderstand="1" e:role="urn:proxy"'],
  [SOAP_12, 'e:mustUnderstand="true"'],
  [SOAP_12, `e:mustUnderstand="1" e:role="${SOAP_12}/role/next"`],
  [SOAP_12, `e:mustUnderstand="1" e:role="${SOAP_12}/role/ultimateReceiver"`],
])('%s %s → Fault', (soap, attributes) => {
  expect(() => read(soap, attributes)).toThrow('The header token is not understood.');
});

test.each([
  [SOAP_11, ''],
  [SOAP_11, 'e:mustUnderstand="0"'],
  [SOAP_11, 'mustUnderstand="1"'],
  [SOAP_11, 'e:mustUnderstand="1" e:actor="urn:proxy"'],
  [SOAP_12, 'e:mustUnderstand="false"'],
  [SOAP_12, 'e:mustUnderstand="1" e:role="urn:proxy"'],
  [SOAP_12, `e:mustUnderstand="1" e:role="${SOAP_12}/role/none"`],
])('%s %s → passed over', (soap, attributes) => {
  expect(read(soap, attributes).body).toHaveLength(1);
});
