/** A call as a command of curl. Credentials are taken out of what is kept: `***` stands for them. */
import type { Answer } from '../api/request';

type Call = Answer<'getCall'>;

/** The file that stands for a body that is not kept. */
const BODY_FILE = 'request-body';

/** Whether a call had a body that is not there to be sent again. */
export function isBodyMissing({ method, request, requestBytes }: Call): boolean {
  return method !== 'GET' && (request ?? '') === '' && requestBytes !== 0;
}

/** @param origin of the server */
export function curlOf(call: Call, origin: string): string {
  const { api, method, path, contentType, soapAction, request } = call;
  const isMissing = isBodyMissing(call);
  const headers = [
    contentType === undefined ? undefined : `Content-Type: ${contentType}`,
    soapAction === undefined ? undefined : `SOAPAction: ${soapAction}`,
    api === 'rest' ? 'X-API-KEY: ***' : undefined,
  ].filter((header) => header !== undefined);
  const body = request === undefined || request === '' ? [] : [`--data-binary ${quote(request)}`];
  const parts = [
    // What clients sent is text: brackets in an address are no pattern of many.
    `curl --globoff --request ${method} ${quote(origin + path)}`,
    ...headers.map((header) => `--header ${quote(header)}`),
    // Where there is no such file, this sends nothing: --data-binary would send an empty body.
    ...(isMissing ? [`--upload-file ${BODY_FILE}`] : body),
  ];
  const note = isMissing ? `# The body was not kept: put it into the file ${BODY_FILE}.\n` : '';
  return note + parts.join(' \\\n  ');
}

/** A word of the shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
