/**
 * Grant and revoke as a service of the soap package's own server, which reads the same WSDL. Its
 * handlers run the same statements as the floor; credentials are merely compared.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from 'soap';
import type { Account, Entitlement } from '../../src/contract/types.generated';
import type { Action } from '../../src/entitlements/entitlement';
import { toFields } from '../../src/store/rows/to-fields';
import { LOGIN, PASSWORD } from '../requests';
import { announce } from './announce';
import { type Changed, type EntitlementRow, openChange } from './change';

const WSDL = join(__dirname, '..', '..', '..', 'wsdl', '22.0', 'Account.wsdl');

const change = openChange(process.argv[2] ?? '');

/** The parts of a message that the handlers read, as the soap package decodes it. */
interface Message {
  readonly auth: { readonly login: string; readonly password: string };
  readonly account: Account;
  readonly entitlement?: Entitlement;
  readonly merchantEntitlementId?: string;
  readonly note: string;
}

function answer(action: Action, message: Message): object {
  const { auth, account, entitlement, note } = message;
  if (auth.login !== LOGIN || auth.password !== PASSWORD) {
    return { return: { returnCode: 403, returnString: 'Permission denied to domain "soap"' } };
  }
  const changed = change({
    login: auth.login,
    action,
    merchantAccountId: account.merchantAccountId ?? '',
    merchantEntitlementId:
      message.merchantEntitlementId ?? entitlement?.merchantEntitlementId ?? '',
    note,
  });
  const { soapId } = changed;
  return { return: { returnCode: 200, returnString: 'OK', soapId }, account: show(changed) };
}

function show({ now, account, address, nameValues, taxExemptions, entitlements }: Changed) {
  return {
    ...toFields<object>(account),
    // Not the contract's; the soap package writes no element for what is undefined.
    id: undefined,
    createdAt: undefined,
    ...(address && { shippingAddress: toFields<object>(address) }),
    nameValues,
    taxExemptions,
    entitlements: entitlements.map((entitlement) => showEntitlement(entitlement, now)),
  };
}

function showEntitlement(row: EntitlementRow, now: number): object {
  const { merchantEntitlementId, description, start, end } = row;
  return {
    merchantEntitlementId,
    ...(description !== null && { description }),
    startTimestamp: new Date(start).toISOString(),
    ...(end !== null && { endTimestamp: new Date(end).toISOString() }),
    active: start <= now && (end === null || now < end),
  };
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  listen(server, {
    path: '/soap.pl',
    uri: WSDL,
    xml: readFileSync(WSDL, 'utf8'),
    services: {
      Account: {
        AccountPort: {
          grantEntitlement: (message: Message) => answer('grant', message),
          revokeEntitlement: (message: Message) => answer('revoke', message),
        },
      },
    },
    callback: () => announce(server),
  });
});
