/** A user of very many orders: found, listed, changed, transferred, deleted. */
import type { Attack } from '../attack';
import { counted } from '../sending';
import { call, fill, rest, vidOf, workDone } from '../tenant';

const ORDERS = 100_000;
const EMAIL = 'many@example.com';
const START = Date.UTC(2026, 0, 1);

export const manyOrders: Attack = {
  name: 'many-orders',
  title: `a user of ${ORDERS.toLocaleString('en')} orders: listed, changed, transferred, deleted`,
  prepare: async (database) => {
    let account = 0;
    let offer = 0;
    await fill(database, ORDERS, async (unit, number) => {
      if (number === 0) {
        const values = { VID: vidOf('f'), merchantAccountId: EMAIL, emailAddress: EMAIL };
        account = await unit.insertAccount(values, START);
        const made = { offerId: 'sold', name: 'sold', createdAt: START };
        offer = await unit.orders.insertOffer(made);
      }
      const order = await unit.orders.insertOrder({
        orderId: `order-${number}`,
        accountId: account,
        named: true,
        state: 'active',
        failedPayments: 0,
        createdAt: START,
        changedAt: START,
      });
      const line = { offer, offerId: 'sold', offerName: 'sold', state: 'active' } as const;
      await unit.orders.saveLine(order, { ...line, reason: undefined });
    });
  },
  run: async (target) => {
    const statuses: number[] = [];
    const ask = async (method: string, path: string, body?: unknown) => {
      statuses.push((await rest(target, method, path, body)).status);
    };
    await ask('GET', `/users/find-by-mail/${EMAIL}`);
    await ask('GET', '/users/list?pageLength=1000');
    await ask('GET', '/users/list?offerId=sold&active=true&pageLength=1000');
    await ask('GET', `/orders?email=${EMAIL}&pageLength=1000`);
    await ask('GET', `/audit?email=${EMAIL}&pageLength=1000`);
    await ask('POST', '/users/set-order-state', {
      email: EMAIL,
      orderId: 'order-9',
      active: false,
    });
    await ask('POST', '/users/set-offer-state', { email: EMAIL, offerId: 'sold', active: false });
    await ask('PATCH', '/offers/sold', { entitlements: ['one'] });
    const names =
      '<targetAccount><merchantAccountId>account-00001</merchantAccountId></targetAccount>' +
      `<sourceAccount><merchantAccountId>${EMAIL}</merchantAccountId></sourceAccount>`;
    statuses.push(await call(target, 'Account', 'transfer', names));
    await ask('POST', '/users/delete-users', { emails: ['account-00001@example.com'] });
    return `${counted(statuses)}; ${await workDone(target)}`;
  },
};
