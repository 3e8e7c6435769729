/** REST requests to begin with; fuzzing damages their bodies and their paths. */

export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const USER = 'bob@example.com';
const grant = { firstname: 'Bob', name: 'Lee', email: USER, grantOffer: 'course', orderId: 'A1' };

export const REST_REQUESTS: readonly RestRequest[] = [
  { method: 'POST', path: '/v1/users/grant-user-offer-by-mail', body: grant },
  { method: 'POST', path: '/v1/users/grant-user-offer-by-mail', body: { ...grant, orderId: 'A2' } },
  { method: 'POST', path: '/v1/orders/A1/revoke', body: { reason: 'refunded', note: 'ticket 7' } },
  { method: 'POST', path: '/v1/orders/A1/restore', body: { note: 'x' } },
  { method: 'POST', path: '/v1/orders/A1/payment-failed', body: {} },
  { method: 'POST', path: '/v1/orders/A1/payment-succeeded', body: {} },
  { method: 'GET', path: '/v1/orders/A1' },
  { method: 'GET', path: '/v1/orders/A1/history?pageLength=5' },
  { method: 'GET', path: '/v1/orders?email=bob%40example.com&state=active&pageLength=3' },
  {
    method: 'POST',
    path: '/v1/users/set-order-state',
    body: { email: USER, orderId: 'A1', active: false },
  },
  {
    method: 'POST',
    path: '/v1/users/set-offer-state',
    body: { email: USER, offerId: 'course', active: true },
  },
  { method: 'POST', path: '/v1/users/delete-users', body: { emails: [USER] } },
  { method: 'GET', path: '/v1/users/list?pageLength=2' },
  { method: 'GET', path: `/v1/users/find-by-mail/${USER}` },
  { method: 'GET', path: '/v1/offers' },
  { method: 'GET', path: '/v1/api-auth' },
  { method: 'GET', path: '/v1/audit?from=2024-01-01T00:00:00Z&pageLength=5' },
  { method: 'GET', path: '/v1/access?order=A1&entitlement=lessons&at=2024-06-01T12:00:00Z' },
  { method: 'GET', path: '/v1/find?text=A1' },
  { method: 'GET', path: '/v1/autobills/ada-news' },
  {
    method: 'POST',
    path: '/v1/autobills/ada-news/payment-failed',
    body: { final: true, note: 'x' },
  },
  { method: 'POST', path: '/v1/autobills/ada-news/payment-succeeded', body: {} },
  { method: 'GET', path: '/22.0/Account.wsdl' },
  { method: 'GET', path: '/22.0/Vindicia.xsd' },
  { method: 'GET', path: '/' },
];
