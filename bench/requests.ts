/** The requests of the load, the same for every server, as a PHP client writes them. */
import type { Action } from '../src/entitlements/entitlement';

export const LOGIN = 'bench';
export const PASSWORD = 'p&ss<1>';
export const ACCOUNTS = 10_000;
export const ENTITLEMENT = 'bac';

const NAMESPACE = 'http://soap.vindicia.com/v22_0/Account';

/** The merchantAccountId of the account of that number, from 0 on. */
export function accountId(number: number): string {
  return `account-${String(number).padStart(5, '0')}`;
}

/** The HTTP headers that a call comes with. */
export function headersOf(action: Action): Record<string, string> {
  return {
    'Content-Type': 'text/xml; charset=utf-8',
    SOAPAction: `"${NAMESPACE}#${action}Entitlement"`,
  };
}

/** The envelope of a grant or revoke. */
export function bodyOf(action: Action, account: number): string {
  const named = `<merchantEntitlementId>${ENTITLEMENT}</merchantEntitlementId>`;
  const what = action === 'grant' ? `<entitlement>${named}</entitlement>` : named;
  return `<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="${NAMESPACE}"><SOAP-ENV:Body><ns1:${action}Entitlement><auth><version>22.0</version><login>${LOGIN}</login><password>p&amp;ss&lt;1&gt;</password></auth><srd></srd><account><merchantAccountId>${accountId(account)}</merchantAccountId></account>${what}<note>side by side</note></ns1:${action}Entitlement></SOAP-ENV:Body></SOAP-ENV:Envelope>
`;
}
