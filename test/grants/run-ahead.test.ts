/** Answers that are made ahead of their readers: in order, and only so much of one and of all together. */
import { Ahead } from '../../src/rest/run-ahead';

const turns = async () => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Pieces of 100 bytes, and how many of them were made. */
class Source {
  made = 0;
  isEnded = false;

  async *pieces(count: number): AsyncGenerator<string> {
    try {
      for (; this.made < count;) {
        await new Promise((resolve) => setImmediate(resolve));
        this.made += 1;
        yield String(this.made).padEnd(100, '.');
      }
    } finally {
      this.isEnded = true;
    }
  }
}

test('what is made waits up to a bound of its own, and comes whole and in order', async () => {
  const ahead = new Ahead(1000, 10_000);
  const source = new Source();
  const pieces = ahead.of(source.pieces(40));
  const first = await pieces.next();
  await turns();
  expect(source.made).toBe(12);
  const found = [first.value as string];
  for await (const piece of pieces) found.push(piece);
  expect(found.map((piece) => parseInt(piece, 10))).toEqual(
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
});

test('all together have a bound; one whose reader leaves gives its part back, and is made no more', async () => {
  const ahead = new Ahead(1000, 1500);
  const sources = [new Source(), new Source(), new Source()] as const;
  const answers = sources.map((source) => ahead.of(source.pieces(1000)));
  for (const answer of answers) {
    await answer.next();
    await turns();
  }
  // Each may make one piece more than is wanted, and the last one has nothing left to wait in.
  expect(sources.map(({ made }) => made)).toEqual([12, 6, 2]);
  await answers[0]?.return(undefined);
  expect(sources[0].isEnded).toBe(true);
  await answers[2]?.next();
  await turns();
  expect(sources[2].made).toBeGreaterThan(6);
});

test('what keeps the answer from being made comes after what was made before', async () => {
  async function* failing(): AsyncGenerator<string> {
    yield 'one';
    await turns();
    throw new Error('broken');
  }
  const pieces = new Ahead().of(failing());
  expect((await pieces.next()).value).toBe('one');
  await expect(pieces.next()).rejects.toThrow('broken');
});
