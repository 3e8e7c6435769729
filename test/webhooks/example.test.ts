/** The receiver of the examples, as it runs beside a shop: it verifies, knows repeats, and keeps who has what. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EXAMPLES } from '../clients/scenario';
import { freePort } from '../harness/free-port';
import { grantOf } from '../store-suite/subject';
import { Post, SECRET } from './post';

let post: Post;
let example: ChildProcess | undefined;

beforeEach(async () => {
  post = await Post.open();
});
afterEach(async () => {
  example?.kill();
  await post.close();
});

/** Runs it until it listens. @returns its URL, and the lines that it has printed since */
async function start() {
  const port = await freePort();
  const env = { ...process.env, WEBHOOK_SECRET: SECRET, PORT: String(port) };
  const script = join(EXAMPLES, 'node-webhooks', 'receiver.js');
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  example = child;
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  await once(child.stdout, 'data');
  const [, url = ''] = /listening on (\S+)/.exec(text) ?? [];
  text = '';
  return {
    url,
    until: async (lines: number) => {
      while (text.split('\n').length <= lines) await once(child.stdout, 'data');
      return text.trimEnd().split('\n');
    },
  };
}

test('the example in Node: each message once, and what is not signed not at all', async () => {
  const { url, until } = await start();
  const id = await post.endpoint('a', url);
  const ada = await post.account('ada');
  await post.grant(ada, 'gold');
  await post.store.transact(post.merchant, async (unit) => {
    const end = unit.now();
    const after = { start: 0, end, description: undefined };
    const before = { start: 0, end: undefined, description: undefined };
    await unit.recordChange(
      grantOf(ada, 'gold', { action: 'revoke', before, after, at: unit.now() }),
    );
  });
  await post.pass();
  const lines = ['1 entitlement.granted: ada has gold', '2 entitlement.revoked: ada has not gold'];
  expect(await until(2)).toEqual(lines);
  await post.store.transact(post.merchant, async ({ webhooks }) => webhooks.rewind(id, 0));
  const forged = await fetch(url, { method: 'POST', body: '{"id":"x","data":{}}' });
  expect(forged.status).toBe(400);
  await post.grant(ada, 'silver');
  await post.pass();
  expect(await until(3)).toEqual([...lines, '3 entitlement.granted: ada has silver']);
  expect((await post.messages(id)).map(({ state }) => state)).toEqual(Array(5).fill('delivered'));
});
