/** Posts a 22.0 call, for tests that look at one thing beside the wire. */
import { textOf } from './xml';

export interface CallReply {
  readonly status: number;
  readonly body: string;
  readonly returnCode: string | undefined;
  readonly returnString: string | undefined;
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

export const USER: Credentials = { login: 'acme_soap', password: 's&amp;cret&lt;2&gt;' };

/** A call of Account. @param parts the message's parts after auth, as XML */
export function callAccount(
  url: string,
  operation: string,
  parts: string,
  credentials?: Credentials,
): Promise<CallReply> {
  return callService('Account', url, operation, parts, credentials);
}

/** A call of Entitlement. @param parts the message's parts after auth, as XML */
export function callEntitlement(
  url: string,
  operation: string,
  parts: string,
  credentials?: Credentials,
): Promise<CallReply> {
  return callService('Entitlement', url, operation, parts, credentials);
}

/** A call of any class. @param parts the message's parts after auth, as XML */
export async function callService(
  service: string,
  url: string,
  operation: string,
  parts: string,
  { login, password }: Credentials = USER,
): Promise<CallReply> {
  const auth = `<auth><version>22.0</version><login>${login}</login><password>${password}</password></auth>`;
  const response = await fetch(`${url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    body:
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
      `<v:${operation} xmlns:v="http://soap.vindicia.com/v22_0/${service}">${auth}${parts}</v:${operation}>` +
      '</e:Body></e:Envelope>',
  });
  const body = await response.text();
  return {
    status: response.status,
    body,
    returnCode: textOf(body, 'returnCode'),
    returnString: textOf(body, 'returnString'),
  };
}
