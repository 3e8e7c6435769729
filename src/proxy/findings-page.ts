/** `GET /_latchkey/diff`: what a proxy has found, for callers on its own machine. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isFromOtherSite } from '../base/other-site';
import { CONTROL_PATH } from '../base/simulate';
import type { Findings } from './findings';
import { MOST_CALLS } from './limits';
import { pathOf } from './upstream';

/** The path; nothing of the upstream's is under it. */
export const FINDINGS_PATH = `${CONTROL_PATH}/diff`;

/** Calls that are listed unless `limit` says another number. */
const LIMIT = 100;

/** Whether a request asks for findings. */
export function isAboutFindings(request: IncomingMessage): boolean {
  return pathOf(request).split('?')[0] === FINDINGS_PATH;
}

/** Answers it. They quote customers' data: no other machine, and no page of another site, gets them. */
export function answerFindings(
  request: IncomingMessage,
  response: ServerResponse,
  findings: Findings,
): void {
  request.resume();
  const send = (status: number, body: object) => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    });
    response.end(text);
  };
  const refuse = (status: number, message: string) => send(status, { status, message });
  if (!/^(?:::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '')) {
    refuse(403, 'The findings are shown on the proxy’s own machine alone.');
    return;
  }
  if (isFromOtherSite(request.headers)) {
    refuse(403, 'The findings are not shown to pages of other sites.');
    return;
  }
  if (request.method !== 'GET') {
    refuse(405, 'The findings can only be read: send GET.');
    return;
  }
  const query = new URL(pathOf(request), 'http://x').searchParams;
  const unknown = [...query.keys()].find((name) => name !== 'limit');
  const limit = query.get('limit') ?? String(LIMIT);
  if (unknown !== undefined) refuse(400, 'The query takes limit alone.');
  else if (!/^\d{1,4}$/.test(limit) || Number(limit) > MOST_CALLS) {
    refuse(400, `limit must be a whole number of at most ${MOST_CALLS}.`);
  } else send(200, findings.show(Number(limit)));
}
