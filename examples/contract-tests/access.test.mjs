/**
 * Contract tests of a client in Node, on the package `soap`: Node's own test runner with `latchkey/testing`.
 *
 *     node --test examples/contract-tests/access.test.mjs
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startLatchkey } from 'latchkey/testing';
import { createClientAsync } from 'soap';

/** The code under test: a client as it might stand in your program. */
class Access {
  constructor(client, login, password) {
    this.client = client;
    this.auth = { version: '22.0', login, password };
  }

  async may(account, entitlement) {
    return (await this.call('isEntitled', account, entitlement)).entitled;
  }

  /** Revokes. A lost reply is asked for once more; then the entitlement may have ended already. */
  async revoke(account, entitlement) {
    const attempt = async () =>
      outcomeOf(await this.call('revokeEntitlement', account, entitlement));
    try {
      return await attempt();
    } catch (error) {
      if (error.response !== undefined) throw error;
      const outcome = await attempt();
      return outcome.includes('Could not find active entitlement') ? 'revoked' : outcome;
    }
  }

  async call(operation, merchantAccountId, merchantEntitlementId) {
    const parts = {
      auth: this.auth,
      srd: '',
      account: { merchantAccountId },
      merchantEntitlementId,
    };
    const [reply] = await this.client[`${operation}Async`](parts);
    return reply;
  }
}

function outcomeOf({ return: { returnCode, returnString } }) {
  return String(returnCode) === '200' ? 'revoked' : returnString;
}

let latchkey;
let merchant;
let access;
before(async () => {
  latchkey = await startLatchkey();
});
after(() => latchkey.stop());

beforeEach(async () => {
  merchant = await latchkey.merchant();
  const ada = { merchantAccountId: 'ada' };
  const play = {
    account: ada,
    merchantEntitlementId: 'play',
    endTimestamp: '2030-01-01T00:00:00Z',
  };
  await merchant.seed({ accounts: [ada], entitlements: [play] });
  access = new Access(await createClientAsync(latchkey.wsdl()), merchant.login, merchant.password);
});
afterEach(async (context) => {
  if (context.passed === false) context.diagnostic(await merchant.report());
  await merchant.remove();
});

test('revokes', async () => {
  assert.equal(await access.may('ada', 'play'), true);
  assert.equal(await access.revoke('ada', 'play'), 'revoked');
  assert.equal(await access.may('ada', 'play'), false);
  const fields = { 'account.merchantAccountId': 'ada' };
  await merchant.verify({ operation: 'revokeEntitlement', fields, count: 1 });
});

test('a lost reply is no failure', async () => {
  const fault = { when: 'after', fault: 'EMPTY_RESPONSE', times: 1 };
  await merchant.faults.set({ operation: 'revokeEntitlement', ...fault });
  assert.equal(await access.revoke('ada', 'play'), 'revoked');
  await merchant.verify({ operation: 'revokeEntitlement', count: 2 });
});

test('a refusal is passed on', async () => {
  assert.equal(await access.revoke('bob', 'play'), 'Account not found.');
});

test('access ends by itself', async () => {
  await merchant.clock.set('2029-12-31T23:59:59Z');
  assert.equal(await access.may('ada', 'play'), true);
  await merchant.clock.advance('PT1S');
  assert.equal(await access.may('ada', 'play'), false);
});
