// A receiver of webhooks: verifies each message, leaves repeats out, and keeps a picture of the access that accounts have.
// Start with: WEBHOOK_SECRET=whsec_… node examples/node-webhooks/receiver.js
'use strict';
const { createServer } = require('node:http');
const { Webhook } = require('standardwebhooks');

const secret = process.env.WEBHOOK_SECRET;
if (!secret) {
  console.error('put the secret of the webhook in WEBHOOK_SECRET');
  process.exit(1);
}
const webhook = new Webhook(secret);

/** The access of each account, by `VID id source`. Keep it in your database, beside `seen`. */
const access = new Map();
/** Ids of messages that were taken: one may come again. Keep those of a week. */
const seen = new Set();

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  let event;
  try {
    // Throws where the signature is wrong, or the message is older than five minutes.
    event = webhook.verify(body, request.headers);
  } catch {
    response.writeHead(400).end('not signed by this webhook');
    return;
  }
  if (!seen.has(event.id)) {
    take(event);
    seen.add(event.id);
  }
  // Only now: what is not answered by 2xx comes again.
  response.writeHead(204).end();
});

/** Messages about one account come in order, and each has the whole state after its change. */
function take({ type, sequence, data }) {
  const { account, entitlement, source } = data;
  if (!entitlement) {
    console.log(`${sequence} ${type}`);
    return;
  }
  // Each source gives by itself: an account has access as long as one of them is active.
  const key = JSON.stringify([account.VID, entitlement.merchantEntitlementId, source]);
  if (entitlement.active) access.set(key, entitlement.end ?? 'without end');
  else access.delete(key);
  const state = entitlement.active ? 'has' : 'has not';
  const name = account.merchantAccountId ?? account.VID;
  console.log(`${sequence} ${type}: ${name} ${state} ${entitlement.merchantEntitlementId}`);
}

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
