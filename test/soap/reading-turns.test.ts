/** XML that comes at once is read in portions. */
import { parseXmlInTurns } from '../../src/soap/parser';
import { MOST_A_TURN, SHORT, turnFor } from '../../src/soap/reading-turns';

const nextTurn = () => new Promise(setImmediate);

/** After each turn: the requests that have begun until then. */
async function begunByTurn(lengths: readonly number[], turns: number): Promise<number[]> {
  let begun = 0;
  for (const length of lengths) {
    const turn = turnFor(length);
    if (turn) void turn.then(() => (begun += 1));
    else begun += 1;
  }
  const counts = [begun];
  for (let turn = 0; turn < turns; turn += 1) {
    await nextTurn();
    counts.push(begun);
  }
  return counts;
}

afterEach(nextTurn);

test.each([
  ['short ones', Array<number>(1000).fill(SHORT), [1000]],
  ['as many as fit', Array<number>(6).fill(MOST_A_TURN / 3), [3, 6]],
  ['one that is longer than a turn', [MOST_A_TURN * 3, 10_000, 10_000], [1, 3]],
  ['a long one between others', [10_000, MOST_A_TURN, 10_000], [1, 2, 3]],
])('%s', async (_, lengths, expected) => {
  expect(await begunByTurn(lengths, expected.length - 1)).toEqual(expected);
});

test.each([
  ['plain', ''],
  ['for the parser', '<!-- -->'],
])('documents that come at once, %s: two at most are ready in a turn', async (_, comment) => {
  const document = `<a>${comment}${'<b/>'.repeat(MOST_A_TURN / 8)}</a>`;
  let ready = 0;
  for (let n = 0; n < 10; n += 1) {
    void Promise.resolve(parseXmlInTurns(document)).then(() => (ready += 1));
  }
  let most = 0;
  for (let before = 0; ready < 10; before = ready) {
    await nextTurn();
    most = Math.max(most, ready - before);
  }
  expect(most).toBeLessThanOrEqual(2);
});
