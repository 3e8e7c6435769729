/**
 * The bare floor: node:http and better-sqlite3 with nothing between them that a call could do
 * without. No XML is read (indexOf finds the ids), the reply is a template string.
 */
import { createServer } from 'node:http';
import SqliteDatabase from 'better-sqlite3';
import type { CallName } from '../requests';
import { announce } from './announce';
import { type ChangeRequest, createChange, type EntitlementRow } from './change';
import { type AccountRow, createLookUp } from './read';

const path = process.argv[2] ?? '';
const reader = new SqliteDatabase(path, { readonly: true });
const change = createChange(new SqliteDatabase(path), () => reader);
const lookUp = createLookUp(reader);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.from(answer(Buffer.concat(chunks).toString()));
    response.writeHead(200, {
      'Content-Type': 'text/xml; charset=utf-8',
      'Content-Length': body.length,
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => announce(server));

function answer(body: string): string {
  const call = callOf(body);
  if (call === 'grant' || call === 'revoke') {
    const { soapId, now, account, entitlements } = change(readChange(body, call));
    const held = entitlements.map((entitlement) => writeEntitlement(entitlement, now)).join('');
    const content = `<account xmlns="">${writeAccount(account)}${held}</account>`;
    return write('Account', `${call}Entitlement`, soapId, content);
  }
  const one = call === 'isEntitled';
  const { now, account, entitlements } = lookUp({
    login: between(body, 'login'),
    merchantAccountId: between(body, 'merchantAccountId'),
    merchantEntitlementId: one ? between(body, 'merchantEntitlementId') : undefined,
  });
  if (one) {
    const entitled = entitlements.some((entitlement) => isActive(entitlement, now));
    return write(
      'Account',
      'isEntitled',
      NO_ID,
      `<entitled xmlns="">${entitled ? '1' : '0'}</entitled>`,
    );
  }
  const whole = call === 'fetchByAccount';
  const held = entitlements
    .filter((entitlement) => isActive(entitlement, now))
    .map((entitlement) =>
      whole ? writeEntitlement(entitlement, now, account) : writeId(entitlement),
    );
  return write('Entitlement', 'fetchByAccount', NO_ID, held.join(''));
}

const NO_ID = '0'.repeat(40);

function callOf(body: string): CallName {
  if (body.includes(':grantEntitlement')) return 'grant';
  if (body.includes(':revokeEntitlement')) return 'revoke';
  if (body.includes(':isEntitled')) return 'isEntitled';
  return body.includes('<srd></srd>') ? 'fetchByAccount' : 'fetchByAccountNarrow';
}

function readChange(body: string, action: 'grant' | 'revoke'): ChangeRequest {
  return {
    login: between(body, 'login'),
    action,
    merchantAccountId: between(body, 'merchantAccountId'),
    merchantEntitlementId: between(body, 'merchantEntitlementId'),
    note: between(body, 'note'),
  };
}

function between(body: string, name: string): string {
  const start = body.indexOf(`<${name}>`) + name.length + 2;
  return body.slice(start, body.indexOf('<', start));
}

function write(service: string, operation: string, soapId: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><${operation}Response xmlns="http://soap.vindicia.com/v22_0/${service}"><return xmlns=""><returnCode>200</returnCode><returnString>OK</returnString><soapId>${soapId}</soapId></return>${content}</${operation}Response></soap:Body></soap:Envelope>`;
}

type ShownAccount = { readonly [Name in Exclude<keyof AccountRow, 'id'>]?: string | null };

function writeAccount({ VID, merchantAccountId, emailAddress, name }: ShownAccount): string {
  return `<VID>${VID ?? ''}</VID><merchantAccountId>${merchantAccountId ?? ''}</merchantAccountId><emailAddress>${emailAddress ?? ''}</emailAddress><name>${name ?? ''}</name>`;
}

function writeId({ merchantEntitlementId }: EntitlementRow): string {
  return `<entitlements><merchantEntitlementId>${merchantEntitlementId}</merchantEntitlementId></entitlements>`;
}

/** @param account whose it is, where a reply says so */
function writeEntitlement(row: EntitlementRow, now: number, account?: ShownAccount): string {
  const { merchantEntitlementId, start, end } = row;
  const until = end === null ? '' : `<endTimestamp>${dateTime(end)}</endTimestamp>`;
  const owner = account ? `<account>${writeAccount(account)}</account>` : '';
  return `<entitlements xmlns="">${owner}<merchantEntitlementId>${merchantEntitlementId}</merchantEntitlementId><startTimestamp>${dateTime(start)}</startTimestamp>${until}<active>${isActive(row, now) ? 1 : 0}</active></entitlements>`;
}

function isActive({ start, end }: EntitlementRow, now: number): boolean {
  return start <= now && (end === null || now < end);
}

function dateTime(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length)}+00:00`;
}
