/** Text that no reply could give out again is refused by every REST call that would keep it. */
import { type Shop, startShop } from './shop';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

const BODIES: ReadonlyArray<[path: string, body: object, message: RegExp]> = [
  [
    '/users/grant-user-offer-by-mail',
    { email: 'eve@example.com', firstname: 'E\x0bve', name: 'E', grantOffer: 'lab' },
    /firstname: character 2 is U\+000B, which XML 1\.0 lacks/,
  ],
  [
    '/users/grant-user-offer-by-mail',
    { email: 'eve@example.com', firstname: 'Eve', name: 'E', grantOffer: 'lab', orderId: '\ud800' },
    /orderId: character 1 is U\+D800, half of a surrogate pair/,
  ],
  [
    '/users/set-order-state',
    { email: 'bob@example.com', orderId: 'A1\udc00', active: false },
    /orderId: character 3 is U\+DC00, half of a surrogate pair/,
  ],
  ['/users/delete-users', { emails: ['bob@example.com', 'x\0@example.com'] }, /emails\.1/],
];

test.each(BODIES)('%s %j', async (path, body, message) => {
  await shop.newLines();
  expect((await shop.post(path, body, 400)).message).toMatch(message);
  expect(await shop.newLines()).toEqual([]);
});

test('a path', async () => {
  const { status, body } = await shop.call('GET', '/orders/a%0Bb');
  expect([status, body]).toEqual([
    400,
    {
      statusCode: 400,
      message: 'orderId: character 2 is U+000B, which XML 1.0 lacks',
      error: 'Bad Request',
    },
  ]);
});
