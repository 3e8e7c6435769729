/** Requests that are no call of this service, and how SOAP says so. */
import { escapeText } from '../contract/escape';
import { envelope, type SoapVersion } from './write-envelope';

/** The fault codes of SOAP 1.1 that this server uses; SOAP 1.2 renames two of them. */
export type FaultCode = 'Client' | 'Server' | 'VersionMismatch' | 'MustUnderstand';

const SOAP_12_CODES: Readonly<Record<FaultCode, string>> = {
  Client: 'Sender',
  Server: 'Receiver',
  VersionMismatch: 'VersionMismatch',
  MustUnderstand: 'MustUnderstand',
};

/** Thrown where a request is broken SOAP; answered as a Fault, with HTTP 500 unless it says more. */
export class SoapFault extends Error {
  override name = 'SoapFault';

  /**
   * @param soap the version of the envelope, where one could be read but not be taken apart
   * @param status of HTTP
   * @param headers sent with it
   */
  constructor(
    readonly faultcode: FaultCode,
    readonly faultstring: string,
    readonly soap?: SoapVersion,
    readonly status = 500,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(faultstring);
  }
}

/** The answer to an address with too many failed logins; HTTP's status says it, too, for proxies. */
export function tooManyFailedLogins(seconds: number): SoapFault {
  const text = `Too many failed logins from this address; wait ${seconds} seconds, then send the right password.`;
  return new SoapFault('Client', text, undefined, 429, { 'Retry-After': String(seconds) });
}

/** The answer to a login that cannot be verified for now. */
export function tooManyLogins(seconds: number): SoapFault {
  const text = `Too many logins are being verified at present; come again in ${seconds} seconds.`;
  return new SoapFault('Server', text, undefined, 503, { 'Retry-After': String(seconds) });
}

/** The Fault as an envelope of the given SOAP version. Its detail holds the soapId. */
export function writeFault(fault: SoapFault, soapId: string, soap: SoapVersion): string {
  const reason = escapeText(fault.faultstring);
  const detail = `<soapId>${soapId}</soapId>`;
  if (soap === '1.1') {
    return envelope(
      soap,
      `<soap:Fault><faultcode>soap:${fault.faultcode}</faultcode>` +
        `<faultstring>${reason}</faultstring><detail>${detail}</detail></soap:Fault>`,
    );
  }
  return envelope(
    soap,
    `<soap:Fault><soap:Code><soap:Value>soap:${SOAP_12_CODES[fault.faultcode]}</soap:Value>` +
      `</soap:Code><soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason>` +
      `<soap:Detail>${detail}</soap:Detail></soap:Fault>`,
  );
}
