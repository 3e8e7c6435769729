/** Reads the envelope of a request: which SOAP version, and what the body holds. */
import { SoapFault } from './fault';
import { SOAP_11, SOAP_12 } from './namespaces';
import { attributeOf, parseXml, type XmlElement } from './parser';
import type { SoapVersion } from './write-envelope';

export interface RequestEnvelope {
  readonly soap: SoapVersion;
  /** The child elements of the body: at least one. */
  readonly body: readonly XmlElement[];
}

/**
 * Parses a request and takes its envelope apart.
 * @throws SoapFault when it is no SOAP envelope; and in the envelope's own SOAP version when its body
 *   is missing or empty, or a header must be understood (none is)
 */
export function readEnvelope(text: string): RequestEnvelope {
  const root = parseXml(text);
  const soap = soapVersionOf(root);
  const parts = root.children.filter((child) => child.namespace === root.namespace);
  for (const header of parts.filter((part) => part.name === 'Header'))
    refuseMandatory(header, soap);
  const [body, ...more] = parts.filter((part) => part.name === 'Body');
  if (!body) throw new SoapFault('Client', 'The envelope has no Body.', soap);
  if (more.length > 0) throw new SoapFault('Client', 'The envelope has more than one Body.', soap);
  if (body.children.length === 0) {
    const message = 'The Body is empty: it must hold the element of an operation.';
    throw new SoapFault('Client', message, soap);
  }
  return { soap, body: body.children };
}

function soapVersionOf(root: XmlElement): SoapVersion {
  if (root.name !== 'Envelope') {
    throw new SoapFault('Client', `The request is no SOAP envelope: its root is ${root.name}.`);
  }
  if (root.namespace === SOAP_11) return '1.1';
  if (root.namespace === SOAP_12) return '1.2';
  throw new SoapFault(
    'VersionMismatch',
    `The envelope's namespace is neither SOAP 1.1 (${SOAP_11}) nor SOAP 1.2 (${SOAP_12}).`,
  );
}

function refuseMandatory(header: XmlElement, soap: SoapVersion): void {
  for (const block of header.children) {
    const mandatory = attributeOf(block, header.namespace, 'mustUnderstand');
    if (mandatory === '1' || mandatory === 'true') {
      throw new SoapFault('MustUnderstand', `The header ${block.name} is not understood.`, soap);
    }
  }
}
