/** The erasure of an account's personal data, over REST and seen by SOAP clients. */
import { NOW, startTestServer } from '../harness/server';
import { callAccount, callEntitlement } from '../harness/soap-call';
import { ErasureShop } from './erasure-shop';
import { filesOf, FORMER, ID, makePerson, MARK } from './person';

let shop: ErasureShop;

beforeEach(async () => {
  shop = new ErasureShop();
  await shop.start();
});
afterEach(() => shop.stop());

const named = (id: string, element = 'account') =>
  `<${element}><merchantAccountId>${id}</merchantAccountId></${element}>`;
const byVid = (vid: string) => `<account><VID>${vid}</VID></account>`;

const entitled = async (account: string, id: string) => {
  const parts = `${account}<merchantEntitlementId>${id}</merchantEntitlementId>`;
  const { body, returnString } = await callAccount(shop.server.url, 'isEntitled', parts);
  return /<entitled[^>]*>(\d)</.exec(body)?.[1] ?? returnString;
};

describe('an account of which everything is known', () => {
  beforeEach(() => makePerson(shop.server));

  test('nothing of the person is left, in any column and in no byte of the files', async () => {
    expect(new Set(shop.marked().map(([place]) => place)).size).toBeGreaterThan(25);
    const { VID, ...erased } = await shop.erase(ID);
    const pseudonym = `erased-${VID}`;
    expect(erased).toMatchObject({ merchantAccountId: pseudonym, idReplaced: true });
    await shop.finish();
    expect(shop.marked()).toEqual([]);
    expect(filesOf(shop.database).toLowerCase()).not.toContain(MARK);
    expect(shop.findings()).toEqual([]);
  });

  test('access stays, under the random id; the former one names nobody', async () => {
    const before = shop
      .texts()
      .filter(
        ([place]) =>
          /^ledger\.(at|account_id|action|actor|soap_id|after_)/.test(place) &&
          !place.endsWith('description'),
      );
    const { VID } = await shop.erase(ID);
    await shop.finish();
    expect(
      shop
        .texts()
        .filter(
          ([place]) =>
            /^ledger\.(at|account_id|action|actor|soap_id|after_)/.test(place) &&
            !place.endsWith('description'),
        ),
    ).toEqual(before);
    for (const id of ['gold', 'silver', 'news', 'lessons']) {
      expect([id, await entitled(byVid(VID), id)]).toEqual([id, '1']);
    }
    expect(await entitled(named(ID), 'gold')).toBe('Account not found.');
    expect(await entitled(named(`erased-${VID}`), 'gold')).toBe('1');
    shop.server.setNow(NOW + 60_000);
    const all = '<timestamp>2000-01-01T00:00:00Z</timestamp><page>0</page><pageSize>100</pageSize>';
    const { body } = await callEntitlement(shop.server.url, 'fetchDeltaSince', all);
    expect(body).toContain(`<merchantAccountId>erased-${VID}</merchantAccountId>`);
    expect(body.toLowerCase()).not.toContain(MARK);
  });

  test('a SOAP client sees empty fields, and may fill them again', async () => {
    const { VID } = await shop.erase(ID);
    const { body } = await callAccount(shop.server.url, 'fetchByVid', `<vid>${VID}</vid>`);
    const [account = ''] = /<account .*<\/account>/s.exec(body) ?? [];
    const fields = account.replace(/<entitlements>.*<\/entitlements>/s, '').match(/<(\w+)>[^<]/g);
    expect(fields).toEqual([`<VID>${VID[0]}`, '<merchantAccountId>e', '<externalId>e']);
    const update = `<account><VID>${VID}</VID><emailAddress>new@example.com</emailAddress></account>`;
    await callAccount(shop.server.url, 'update', update);
    const again = await callAccount(
      shop.server.url,
      'fetchByEmail',
      '<emailAddress>new@example.com</emailAddress>',
    );
    expect(again.body).toContain(VID);
  });

  test('its family: children are theirs alone, and find their parent by its new id', async () => {
    await callAccount(
      shop.server.url,
      'update',
      '<account><merchantAccountId>child-1</merchantAccountId><name>Kim</name></account>',
    );
    const { VID } = await shop.erase(ID);
    await shop.finish();
    const { body } = await callAccount(shop.server.url, 'fetchFamily', byVid(VID));
    expect(body).toContain('<name>Kim</name>');
    expect(body).toContain(`<parentMerchantAccountId>erased-${VID}</parentMerchantAccountId>`);
  });

  test('an account that was transferred into it keeps its own data, and is named', async () => {
    const { relatedAccounts } = await shop.erase(ID);
    const { body } = await callAccount(
      shop.server.url,
      'fetchByMerchantAccountId',
      `<merchantAccountId>${FORMER}</merchantAccountId>`,
    );
    expect(body).toContain('<name>Fay Former</name>');
    expect(relatedAccounts).toEqual([/<VID>(\w+)</.exec(body)?.[1]]);
  });

  test('the source of a transfer: what its target says of it has the pseudonym', async () => {
    const target = await shop.erase(FORMER);
    await shop.finish();
    expect(shop.texts().filter(([, text]) => text.includes('former@'))).toEqual([]);
    expect(shop.texts()).toContainEqual(['ledger.note', `from erased-${target.VID}`]);
    expect(shop.findings()).toEqual([]);
  });

  test('a second time: harmless, and written down', async () => {
    const first = await shop.erase(ID);
    await shop.finish();
    const before = shop
      .texts()
      .filter(([place]) => !place.startsWith('erasure.') && !place.endsWith('modified_at'));
    const second = await shop.erase(first.VID);
    await shop.finish();
    expect(
      shop
        .texts()
        .filter(([place]) => !place.startsWith('erasure.') && !place.endsWith('modified_at')),
    ).toEqual(before);
    expect(second.idReplaced).toBe(false);
    expect(second.erasures).toMatchObject([
      { by: 'office', revoked: false, finishedAt: expect.any(String) as string },
      { by: 'office', revoked: false },
    ]);
    expect(second.erasures[1]).not.toHaveProperty('finishedAt');
  });

  test('revoke: access of every kind ends, too', async () => {
    const { VID, erasures } = await shop.erase(ID, '?revoke=true');
    await shop.finish();
    for (const id of ['gold', 'silver', 'news', 'lessons']) {
      expect([id, await entitled(byVid(VID), id)]).toEqual([id, '0']);
    }
    expect(erasures).toMatchObject([{ revoked: true }]);
    expect(shop.findings()).toEqual([]);
    expect(shop.marked()).toEqual([]);
  });

  test('a repeat of a request whose answer was erased does nothing', async () => {
    await shop.erase(ID);
    await shop.finish();
    const repeat = await shop.server.call('POST', '/users/grant-user-offer-by-mail', {
      body: {
        email: ID,
        firstname: 'Zanzibar',
        name: 'Quux',
        grantOffer: 'course',
        orderId: 'o-2',
      },
      headers: { 'Idempotency-Key': 'key-2' },
    });
    expect(repeat).toMatchObject({
      status: 422,
      body: { message: 'The answer to this Idempotency-Key was erased with personal data.' },
    });
    expect(shop.marked()).toEqual([]);
  });

  test('after a restart: the same, and the ledger stays append-only', async () => {
    const { VID } = await shop.erase(ID);
    await shop.finish();
    await shop.server.stop();
    const other = await startTestServer({ database: shop.database, merchants: [] });
    const parts = `${byVid(VID)}<merchantEntitlementId>gold</merchantEntitlementId>`;
    expect((await callAccount(other.url, 'isEntitled', parts)).body).toContain('>1</entitled>');
    for (const change of ["note = 'x'", 'at = 0', "after_description = 'x'", "actor = 'x'"]) {
      expect(() => other.database.exec(`UPDATE ledger SET ${change}`)).toThrow('append-only');
    }
    expect(() => other.database.exec('DELETE FROM ledger')).toThrow('append-only');
    await other.stop();
  });
});
