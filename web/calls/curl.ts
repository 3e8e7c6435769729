/** A call as a command of curl. Credentials are taken out of what is kept: `***` stands for them. */
import type { Answer } from '../api/request';

type Call = Answer<'getCall'>;

/** @param origin of the server */
export function curlOf(call: Call, origin: string): string {
  const { api, method, path, contentType, soapAction, request } = call;
  const headers = [
    contentType === undefined ? undefined : `Content-Type: ${contentType}`,
    soapAction === undefined ? undefined : `SOAPAction: ${soapAction}`,
    api === 'rest' ? 'X-API-KEY: ***' : undefined,
  ].filter((header) => header !== undefined);
  const parts = [
    // What clients sent is text: brackets in an address are no pattern of many.
    `curl --globoff --request ${method} ${quote(origin + path)}`,
    ...headers.map((header) => `--header ${quote(header)}`),
    ...(request === undefined || request === '' ? [] : [`--data-binary ${quote(request)}`]),
  ];
  return parts.join(' \\\n  ');
}

/** A word of the shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
