/** The lane in which passwords are verified: few at a time, each owner in its turn, a bounded number waiting. */
import { Lane, LaneFull } from '../../src/access/lane';

/** Work that ends when it is told to. */
class Work {
  readonly begun: string[] = [];
  private readonly ends: Array<() => void> = [];

  start(name: string) {
    return () => {
      this.begun.push(name);
      return new Promise<string>((resolve) => this.ends.push(() => resolve(name)));
    };
  }

  /** Ends the one that began first. */
  async end(): Promise<void> {
    this.ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('no more than the lane holds at a time; each owner in its turn', async () => {
  const lane = new Lane(2, 10);
  const work = new Work();
  const done = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2'].map((name) =>
    lane.run(name.slice(0, 1), work.start(name)),
  );
  expect(work.begun).toEqual(['a1', 'a2']);
  await work.end();
  expect(work.begun).toEqual(['a1', 'a2', 'a3']);
  for (let i = 0; i < 6; i += 1) await work.end();
  expect(work.begun).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2']);
  expect(await Promise.all(done)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2']);
});

test('where as many wait as may, the next is refused and not done', async () => {
  const lane = new Lane(1, 2);
  const work = new Work();
  const done = ['a', 'b', 'c'].map((name) => lane.run(name, work.start(name)));
  await expect(lane.run('d', work.start('d'))).rejects.toThrow(LaneFull);
  await work.end();
  const later = lane.run('e', work.start('e'));
  for (let i = 0; i < 3; i += 1) await work.end();
  await Promise.all([...done, later]);
  expect(work.begun).toEqual(['a', 'b', 'c', 'e']);
});

test('work that fails makes room, too', async () => {
  const lane = new Lane(1, 1);
  const fail = () => Promise.reject(new Error('failed'));
  for (let i = 0; i < 3; i += 1) await expect(lane.run('a', fail)).rejects.toThrow('failed');
  expect(await lane.run('a', () => Promise.resolve('done'))).toBe('done');
});
