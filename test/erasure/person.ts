/** A person of whom everything is known that can be: each text of theirs holds MARK. */
import { readFileSync } from 'node:fs';
import { callAccount, callService } from '../harness/soap-call';
import type { RestServer } from '../orders/rest';

export const MARK = 'zanzibar';
export const ID = 'zanzibar@example.com';

/** The account from which it got something, whose own data stay. */
export const FORMER = 'former@example.com';

const named = (id: string) => `<merchantAccountId>${id}</merchantAccountId>`;
const pair = (name: string, value: string) =>
  `<nameValues><name>${name}</name><value>${value}</value></nameValues>`;

async function must(reply: Promise<{ returnCode: string | undefined; body: string }>) {
  const { returnCode, body } = await reply;
  if (returnCode !== '200') throw new Error(body);
}

/** Makes the person, by each way that there is into the database. */
export async function makePerson(server: RestServer): Promise<void> {
  const { url } = server;
  const soap = (operation: string, parts: string) => must(callAccount(url, operation, parts));
  const grant = (id: string, entitlement: string, note: string, description = 'Plain') =>
    soap(
      'grantEntitlement',
      `<account>${named(id)}</account><entitlement><merchantEntitlementId>${entitlement}</merchantEntitlementId>` +
        `<description>${description}</description></entitlement><note>${note}</note>`,
    );
  await server.store.transact(1, async ({ orders }) => {
    const offer = await orders.insertOffer({ offerId: 'course', name: 'Course', createdAt: 0 });
    await orders.replaceOfferEntitlements(offer, ['lessons']);
  });
  const address = ['name', 'addr1', 'addr2', 'addr3', 'city', 'county', 'district', 'phone', 'fax']
    .map((field) => `<${field}>Zanzibar ${field}</${field}>`)
    .join('');
  await soap(
    'update',
    `<account>${named(ID)}<externalId>zanzibar-ext</externalId><emailAddress>Zanzibar@Example.com</emailAddress>` +
      `<company>Zanzibar Quux Ltd</company><name>Zanzibar Quux</name><shippingAddress>${address}</shippingAddress>` +
      `${pair('zanzibar', 'zanzibar pet')}<taxExemptions><exemptionId>zanzibar-tax</exemptionId><active>1</active></taxExemptions></account>`,
  );
  await grant(ID, 'gold', 'Zanzibar called', 'For Zanzibar Quux');
  await must(
    callService(
      'AutoBill',
      url,
      'update',
      `<autobill><merchantAutoBillId>zanzibar-sub</merchantAutoBillId><account>${named(ID)}</account>` +
        '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId><periods><type>Month</type></periods></billingPlan>' +
        `<items><merchantAutoBillItemId>zanzibar-item</merchantAutoBillItemId><product><merchantProductId>news</merchantProductId>` +
        `<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product>${pair('seat', 'Zanzibar')}</items>` +
        `<customerAutoBillName>Zanzibar's</customerAutoBillName><sourceIp>zanzibar</sourceIp>${pair('for', 'Zanzibar')}</autobill>`,
    ),
  );
  for (const [orderId, key] of [
    ['zanzibar-order', 'zanzibar-key'],
    ['o-2', 'key-2'],
  ] as const) {
    await server.call('POST', '/users/grant-user-offer-by-mail', {
      body: { email: ID, firstname: 'Zanzibar', name: 'Quux', grantOffer: 'course', orderId },
      headers: { 'Idempotency-Key': key },
    });
  }
  await server.call('POST', '/orders/o-2/revoke', {
    body: { reason: 'refunded', note: 'Zanzibar rang' },
  });
  await soap('addChildren', `<parent>${named(ID)}</parent><child>${named('child-1')}</child>`);
  await transfers(soap, grant);
}

async function transfers(
  soap: (operation: string, parts: string) => Promise<void>,
  grant: (id: string, entitlement: string, note: string) => Promise<void>,
): Promise<void> {
  const transfer = (from: string, to: string) =>
    soap(
      'transfer',
      `<targetAccount>${named(to)}</targetAccount><sourceAccount>${named(from)}</sourceAccount>`,
    );
  await soap('update', `<account>${named(FORMER)}<name>Fay Former</name></account>`);
  await grant(FORMER, 'silver', 'kept');
  await transfer(FORMER, ID);
}

/** The bytes of a database's files, as text. */
export function filesOf(path: string): string {
  return ['', '-wal']
    .map((end) => {
      try {
        return readFileSync(path + end, 'latin1');
      } catch {
        return '';
      }
    })
    .join('');
}
