/** The requests of the loads, the same for every server, as a PHP client writes them. */

export const LOGIN = 'bench';
export const PASSWORD = 'p&ss<1>';
/** Accounts that are granted to and revoked from; at first they hold nothing. */
export const ACCOUNTS = 10_000;
export const ENTITLEMENT = 'bac';
/** Accounts that are only looked at, numbered from ACCOUNTS on. */
export const READERS = 1000;
/** The entitlements of each of those, without end. */
export const HELD = Array.from({ length: 10 }, (_, index) => `right-${index}`);

const NAMESPACE = 'http://soap.vindicia.com/v22_0';

/** The merchantAccountId of the account of that number, from 0 on. */
export function accountId(number: number): string {
  return `account-${String(number).padStart(5, '0')}`;
}

interface CallShape {
  readonly service: string;
  readonly operation: string;
  /** The srd; empty: none, and so the whole reply. */
  readonly srd: string;
  /** The elements after the account. */
  readonly parts: string;
}

const named = (id: string) => `<merchantEntitlementId>${id}</merchantEntitlementId>`;
const note = '<note>side by side</note>';
/** The fifth of ten: neither the first row that is read nor the last. */
const asked = HELD[4] ?? '';
const narrow = '{"entitlements":{"merchantEntitlementId":true}}';

const ACCOUNT = { service: 'Account', srd: '' };
const ENTITLEMENTS = { service: 'Entitlement', operation: 'fetchByAccount', parts: '' };

/** Every call that is measured, by the name it has here. */
const CALLS = {
  grant: {
    ...ACCOUNT,
    operation: 'grantEntitlement',
    parts: `<entitlement>${named(ENTITLEMENT)}</entitlement>${note}`,
  },
  revoke: { ...ACCOUNT, operation: 'revokeEntitlement', parts: `${named(ENTITLEMENT)}${note}` },
  isEntitled: { ...ACCOUNT, operation: 'isEntitled', parts: named(asked) },
  fetchByAccount: { ...ENTITLEMENTS, srd: '' },
  fetchByAccountNarrow: { ...ENTITLEMENTS, srd: narrow },
} as const satisfies Record<string, CallShape>;

/** The name of a call. */
export type CallName = keyof typeof CALLS;

/** The HTTP headers that a call comes with. */
export function headersOf(name: CallName): Record<string, string> {
  const { service, operation } = CALLS[name];
  return {
    'Content-Type': 'text/xml; charset=utf-8',
    SOAPAction: `"${NAMESPACE}/${service}#${operation}"`,
  };
}

/** The envelope of a call about the account of that number. @param login whose account it is */
export function bodyOf(name: CallName, account: number, login = LOGIN): string {
  const { service, operation, srd, parts } = CALLS[name];
  return `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="${NAMESPACE}/${service}"><SOAP-ENV:Body><ns1:${operation}><auth><version>22.0</version><login>${login}</login><password>p&amp;ss&lt;1&gt;</password></auth><srd>${srd}</srd><account><merchantAccountId>${accountId(account)}</merchantAccountId></account>${parts}</ns1:${operation}></SOAP-ENV:Body></SOAP-ENV:Envelope>
`;
}
