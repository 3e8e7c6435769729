/** What a search finds, in words, and where it leads. */
import type { Answer } from '../api/request';
import { at } from '../route/screens';

export type Found = Answer<'search'>['found'][number];

const KINDS: Readonly<Record<Found['kind'], string>> = {
  account: 'Account',
  order: 'Order',
  autobill: 'AutoBill',
  call: 'Call',
  entitlement: 'Entitlement',
};

const BY: Readonly<Partial<Record<Found['by'][number], string>>> = {
  email: 'e-mail',
  externalId: 'external id',
  entitlementId: 'entitlement id',
  orderId: 'order id',
};

/** What kind of thing it is. */
export function kindOf({ kind }: Found): string {
  return KINDS[kind];
}

/** The name by which an account is known best. */
export function nameOf(account: NonNullable<Found['account']>): string {
  return account.merchantAccountId ?? account.email ?? account.VID;
}

/** What else is known of it, in a few words. */
export function moreOf({ kind, by, name, account, text }: Found): string {
  const others =
    account === undefined || kind === 'entitlement'
      ? []
      : [
          account.merchantAccountId === name ? undefined : account.merchantAccountId,
          account.name,
          account.email === name ? undefined : account.email,
        ];
  const known = [text, ...others].filter((part) => part !== undefined && part !== '');
  const how = kind === 'account' ? [`by ${by.map((one) => BY[one] ?? one).join(' and ')}`] : [];
  return [...known, ...how].join(' · ');
}

/** What only this one has of all that are found. */
export function keyOfFound({ kind, by, name, account }: Found): string {
  return `${kind} ${by.join()} ${name} ${account?.VID ?? ''}`;
}

/** The part of the catalogue that has what gives it. */
const GIVEN_IN = { offer: 'offers', product: 'products', 'billing plan': 'plans' } as const;

/** The screen that shows it. */
export function addressOfFound(merchant: string, { kind, name, account, giver }: Found): string {
  if (kind === 'order') return at.order(merchant, name);
  if (kind === 'call') return at.calls(merchant, name);
  if (account) return at.account(merchant, account.VID);
  return at.catalogue(merchant, GIVEN_IN[giver ?? 'offer']);
}
