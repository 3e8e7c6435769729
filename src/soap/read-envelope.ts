/** Reads the envelope of a request: which SOAP version, and what the body holds. */
import { cut } from '../base/quote';
import { SoapFault } from './fault';
import { SOAP_11, SOAP_12 } from './namespaces';
import { parseXml, parseXmlInTurns } from './parser';
import { attributeOf, type XmlElement } from './xml-element';
import type { SoapVersion } from './write-envelope';

export interface RequestEnvelope {
  readonly soap: SoapVersion;
  readonly root: XmlElement;
  /** The child elements of the body: at least one. */
  readonly body: readonly XmlElement[];
}

/**
 * Parses a request and takes its envelope apart.
 * @throws SoapFault when it is no SOAP envelope; and in the envelope's own SOAP version when its body
 *   is missing or empty, or a header that is meant for this server must be understood (none is)
 */
export function readEnvelope(text: string): RequestEnvelope {
  return envelopeOf(parseXml(text));
}

/** The same, which lets the requests of others in while it reads a long one; a short one is read at once. */
export function readEnvelopeInTurns(text: string): RequestEnvelope | Promise<RequestEnvelope> {
  const root = parseXmlInTurns(text);
  return root instanceof Promise ? root.then(envelopeOf) : envelopeOf(root);
}

function envelopeOf(root: XmlElement): RequestEnvelope {
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
  return { soap, root, body: body.children };
}

function soapVersionOf(root: XmlElement): SoapVersion {
  if (root.name !== 'Envelope') {
    throw new SoapFault(
      'Client',
      `The request is no SOAP envelope: its root is ${cut(root.name)}.`,
    );
  }
  if (root.namespace === SOAP_11) return '1.1';
  if (root.namespace === SOAP_12) return '1.2';
  throw new SoapFault(
    'VersionMismatch',
    `The envelope's namespace is neither SOAP 1.1 (${SOAP_11}) nor SOAP 1.2 (${SOAP_12}).`,
  );
}

/** The roles that the last receiver of a message has, beside none: SOAP 1.1's actor, 1.2's role. */
const OWN_ROLES: ReadonlySet<string> = new Set([
  '',
  'http://schemas.xmlsoap.org/soap/actor/next',
  'http://www.w3.org/2003/05/soap-envelope/role/next',
  'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
]);

function refuseMandatory(header: XmlElement, soap: SoapVersion): void {
  const roleName = soap === '1.1' ? 'actor' : 'role';
  for (const block of header.children) {
    const mandatory = attributeOf(block, header.namespace, 'mustUnderstand');
    const role = attributeOf(block, header.namespace, roleName)?.trim() ?? '';
    if ((mandatory === '1' || mandatory === 'true') && OWN_ROLES.has(role)) {
      throw new SoapFault(
        'MustUnderstand',
        `The header ${cut(block.name)} is not understood.`,
        soap,
      );
    }
  }
}
