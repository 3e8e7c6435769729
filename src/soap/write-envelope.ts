/** Writes the frame of a reply. */
import { SOAP_11, SOAP_12 } from './namespaces';

export type SoapVersion = '1.1' | '1.2';

const CONTENT_TYPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml; charset=utf-8',
  '1.2': 'application/soap+xml; charset=utf-8',
};

const OPENINGS: Readonly<Record<SoapVersion, string>> = {
  '1.1': opening(SOAP_11),
  '1.2': opening(SOAP_12),
};

const CLOSING = '</soap:Body></soap:Envelope>';

/** A whole envelope of that SOAP version around the body's content, with the XML declaration. */
export function envelope(soap: SoapVersion, body: string): string {
  return `${OPENINGS[soap]}${body}${CLOSING}`;
}

/** What stands before and after the body's content. */
export function envelopeFrame(soap: SoapVersion): { start: string; end: string } {
  return { start: OPENINGS[soap], end: CLOSING };
}

/** The HTTP Content-Type of an envelope of that SOAP version. */
export function contentType(soap: SoapVersion): string {
  return CONTENT_TYPES[soap];
}

/** The SOAP version whose Content-Type a request has; 1.1 where it has another or none. */
export function announcedVersion(header: string | undefined): SoapVersion {
  return /^\s*application\/soap\+xml\s*(;|$)/i.test(header ?? '') ? '1.2' : '1.1';
}

function opening(namespace: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<soap:Envelope xmlns:soap="${namespace}"><soap:Body>`
  );
}
