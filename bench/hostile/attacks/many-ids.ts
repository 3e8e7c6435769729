/** As many entitlement ids as fit: of an offer that an order gives, and of a product that an AutoBill has. */
import type { Attack } from '../attack';
import { counted } from '../sending';
import { call, fill, rest, workDone } from '../tenant';

const IDS = 10_000;
/** As many as REST takes for an offer. */
const OFFERED = 1000;
const OFFERS = 10;

const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => `id-${from + n}`);
const product = (count: number) =>
  '<product><merchantProductId>wide</merchantProductId>' +
  ids(0, count)
    .map((id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`)
    .join('') +
  '</product>';
const AUTO_BILL =
  '<autobill><merchantAutoBillId>wide</merchantAutoBillId>' +
  '<account><merchantAccountId>account-00001</merchantAccountId></account>' +
  '<billingPlan><merchantBillingPlanId>wide</merchantBillingPlanId></billingPlan>' +
  '<items><product><merchantProductId>wide</merchantProductId></product></items></autobill>';

export const manyIds: Attack = {
  name: 'many-ids',
  title: `a product of ${IDS.toLocaleString('en')} ids sold and cancelled, an order of ${OFFERS} offers of ${OFFERED.toLocaleString('en')} ids granted, changed and revoked`,
  prepare: (database) => fill(database, 0, () => Promise.resolve()),
  run: async (target) => {
    const statuses = [
      await call(target, 'Product', 'update', product(IDS)),
      await call(target, 'AutoBill', 'update', AUTO_BILL),
      await call(
        target,
        'AutoBill',
        'cancel',
        '<autobill><merchantAutoBillId>wide</merchantAutoBillId></autobill><disentitle>1</disentitle>',
      ),
    ];
    const ask = async (...[method, path, body]: [string, string, unknown]) => {
      statuses.push((await rest(target, method, path, body)).status);
    };
    for (let n = 0; n < OFFERS; n += 1) {
      const entitlements = ids(n * OFFERED, OFFERED);
      await ask('POST', '/offers', { id: `offer-${n}`, name: 'wide', entitlements });
      const order = { email: 'a@example.com', grantOffer: `offer-${n}`, orderId: 'wide' };
      await ask('POST', '/users/grant-user-offer-by-mail', order);
    }
    await ask('PATCH', '/offers/offer-0', { entitlements: ids(IDS, OFFERED) });
    await ask('POST', '/orders/wide/revoke', { reason: 'refunded' });
    return `${counted(statuses)}; ${await workDone(target)}`;
  },
};
