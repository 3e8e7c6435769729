/**
 * Changes an account's name, grants and revokes an entitlement, and sees two calls fail.
 * Node with the package soap (npm install soap).
 */
const soap = require('soap');

const {
  LATCHKEY_URL: url = 'http://127.0.0.1:8787',
  LATCHKEY_VERSION: version = '22.0',
  LATCHKEY_LOGIN: login = 'demo',
  LATCHKEY_PASSWORD: password = 'demo',
} = process.env;

const DAY = 24 * 60 * 60 * 1000;

async function main() {
  const client = await soap.createClientAsync(`${url}/${version}/Account.wsdl`);

  /** Below 13.0 the API has no srd; an empty one asks for the complete reply. */
  const call = async (operation, parts) => {
    const srd = Number(version) >= 13 ? { srd: '' } : {};
    const message = { auth: { version, login, password }, ...srd, ...parts };
    const [reply] = await client[`${operation}Async`](message);
    return reply;
  };
  const account = { merchantAccountId: 'xyz123' };

  let reply = await call('update', { account: { ...account, name: 'Zoë Müller & <Söhne>' } });
  console.log(`name: ${reply.account.name}`);

  const entitlement = {
    merchantEntitlementId: 'news',
    description: 'Größe <L> & "mehr"',
    // As text: this package sends a Date as an empty element.
    endTimestamp: new Date(Date.now() + 30 * DAY).toISOString(),
  };
  reply = await call('grantEntitlement', { account, entitlement });
  console.log(`grant: ${outcome(reply)}`);
  console.log(`description: ${newsOf(reply.account).description}`);

  const revocation = { account, merchantEntitlementId: 'news', note: 'No more news' };
  reply = await call('revokeEntitlement', revocation);
  console.log(`revoke: ${outcome(reply)}`);
  console.log(`ended: ${newsOf(reply.account).endTimestamp < new Date() ? 'yes' : 'no'}`);

  reply = await call('revokeEntitlement', revocation);
  console.log(`revoke again: ${outcome(reply)}`);

  try {
    await call('revokeEntitlement', { ...revocation, note: 'x'.repeat(2 ** 20) });
  } catch (error) {
    const fault = error.root?.Envelope.Body.Fault;
    console.log(`fault: ${fault ? fault.faultstring : error.message}`);
  }
}

function outcome(reply) {
  return `${reply.return.returnCode} ${reply.return.returnString}`;
}

function newsOf(account) {
  return account.entitlements.find((held) => held.merchantEntitlementId === 'news');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
