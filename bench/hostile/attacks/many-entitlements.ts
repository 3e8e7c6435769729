/** An account of very many entitlements: its list, its account after a grant, and the question for one of them. */
import { escapeText } from '../../../src/contract/escape';
import { LOGIN, PASSWORD } from '../../requests';
import type { Attack } from '../attack';
import { counted, envelopeOf, post } from '../sending';
import { fetchAll, filler } from './large-replies';

const ENTITLEMENTS = 100_000;
const LISTS = 5;
const GRANTS = 3;

function grant(number: number): string {
  const auth = `<auth><version>22.0</version><login>${LOGIN}</login><password>${escapeText(PASSWORD)}</password></auth>`;
  return envelopeOf(
    `<v:grantEntitlement xmlns:v="http://soap.vindicia.com/v22_0/Account">${auth}` +
      '<account><merchantAccountId>huge</merchantAccountId></account>' +
      `<entitlement><merchantEntitlementId>new-${number}</merchantEntitlementId></entitlement></v:grantEntitlement>`,
  );
}

export const manyEntitlements: Attack = {
  name: 'many-entitlements',
  title: `an account of ${ENTITLEMENTS.toLocaleString('en')} entitlements: ${LISTS} lists of 42 MB and ${GRANTS} grants at once`,
  prepare: filler({ huge: ENTITLEMENTS }),
  run: async ({ endpoint }) =>
    counted(
      await Promise.all([
        ...Array.from({ length: LISTS }, () => post(endpoint, fetchAll('huge'))),
        ...Array.from({ length: GRANTS }, (_, number) => post(endpoint, grant(number))),
      ]),
    ),
};
