/** REST lists at the gate of large replies: only as many as are read. */
import { BIG, BigReplies, HELD } from '../../src/base/big-replies';
import { countedBy, enterList } from '../../src/rest/list-call';

const LIST = { name: 'listOffers' };
const ACME = { login: 'acme' };

/** What one caller's lists may hold. */
const MOST = (24 * 2 ** 20) / HELD;

let turns: Array<() => void>;
let replies: BigReplies;

beforeEach(() => {
  turns = [];
  replies = new BigReplies(undefined, (act) => void turns.push(act));
});

async function turn(): Promise<void> {
  for (const act of turns.splice(0)) act();
  for (let n = 0; n < 10; n += 1) await Promise.resolve();
}

/** A list without end of which one piece was written, and that nobody reads. */
async function open(caller = ACME): Promise<AsyncIterator<string>> {
  const list = await enterList(LIST, caller, replies);
  async function* endless() {
    for (;;) yield await Promise.resolve('x'.repeat(BIG));
  }
  const pieces = countedBy(list, replies, endless())[Symbol.asyncIterator]();
  await pieces.next();
  return pieces;
}

test('what one caller does not read keeps its next list waiting, and no other; until a client is gone', async () => {
  const opened = [await open()];
  while (opened.length < MOST) {
    const next = open();
    await turn();
    opened.push(await next);
  }
  let entered = false;
  const waiting = open().then(() => (entered = true));
  for (let n = 0; n < 5; n += 1) await turn();
  expect(entered).toBe(false);
  await open({ login: 'rival' });
  await opened[7]?.return?.();
  await turn();
  await waiting;
  expect(entered).toBe(true);
});
