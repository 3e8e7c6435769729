/**
 * The bare floor: node:http and better-sqlite3 with nothing between them that a grant or revoke
 * could do without. No XML is read (indexOf finds the three ids), the reply is a template string.
 */
import { createServer } from 'node:http';
import { type Changed, type ChangeRequest, type EntitlementRow, openChange } from './change';
import { announce } from './announce';

const change = openChange(process.argv[2] ?? '');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const called = read(Buffer.concat(chunks).toString());
    const body = Buffer.from(write(called.action, change(called)));
    response.writeHead(200, {
      'Content-Type': 'text/xml; charset=utf-8',
      'Content-Length': body.length,
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => announce(server));

function read(body: string): ChangeRequest {
  return {
    login: between(body, 'login'),
    action: body.includes(':grantEntitlement') ? 'grant' : 'revoke',
    merchantAccountId: between(body, 'merchantAccountId'),
    merchantEntitlementId: between(body, 'merchantEntitlementId'),
    note: between(body, 'note'),
  };
}

function between(body: string, name: string): string {
  const start = body.indexOf(`<${name}>`) + name.length + 2;
  return body.slice(start, body.indexOf('<', start));
}

function write(action: string, { soapId, now, account, entitlements }: Changed): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><tns:${action}EntitlementResponse xmlns:tns="http://soap.vindicia.com/v22_0/Account"><return><returnCode>200</returnCode><returnString>OK</returnString><soapId>${soapId}</soapId></return><account><VID>${account.VID}</VID><merchantAccountId>${account.merchantAccountId ?? ''}</merchantAccountId><emailAddress>${account.emailAddress ?? ''}</emailAddress><name>${account.name ?? ''}</name>${entitlements.map((entitlement) => writeEntitlement(entitlement, now)).join('')}</account></tns:${action}EntitlementResponse></soap:Body></soap:Envelope>`;
}

function writeEntitlement({ merchantEntitlementId, start, end }: EntitlementRow, now: number) {
  const active = start <= now && (end === null || now < end);
  const until = end === null ? '' : `<endTimestamp>${dateTime(end)}</endTimestamp>`;
  return `<entitlements><merchantEntitlementId>${merchantEntitlementId}</merchantEntitlementId><startTimestamp>${dateTime(start)}</startTimestamp>${until}<active>${active}</active></entitlements>`;
}

function dateTime(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}+00:00`;
}
