/** Units of work: all or nothing, one after another, and each at one moment. */
import { AT, type Part, readers, vidOf, write } from './subject';

export const units: Part = (subject) => {
  const add = (name: string) =>
    write(subject(), async (unit) =>
      unit.insertAccount({ VID: vidOf(name), merchantAccountId: name }, AT),
    );
  const find = async (name: string) =>
    (await readers(subject()).mine.findAccountByMerchantAccountId(name))?.merchantAccountId;

  test('what one throws comes out, and nothing of it is kept', async () => {
    const broken = write(subject(), async (unit) => {
      await unit.insertAccount({ VID: vidOf('a'), merchantAccountId: 'a' }, AT);
      expect(await unit.findAccountByVid(vidOf('a'))).toBeDefined();
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(await find('a')).toBeUndefined();
  });

  test('of several at once, one that is refused is rolled back alone', async () => {
    await add('taken');
    const results = await Promise.allSettled(['a', 'taken', 'b'].map(add));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await find('a'), await find('b')]).toEqual(['a', 'b']);
  });

  test('one runs after another, also where one waits for something else', async () => {
    const order: string[] = [];
    const slow = write(subject(), async (unit) => {
      await new Promise(setImmediate);
      await unit.insertAccount({ VID: vidOf('slow') }, AT);
      order.push('slow');
    });
    const fast = write(subject(), async (unit) => {
      order.push((await unit.findAccountByVid(vidOf('slow'))) ? 'sees slow' : 'misses slow');
    });
    await Promise.all([slow, fast]);
    expect(order).toEqual(['slow', 'sees slow']);
  });

  test('a reader sees what was confirmed, and nothing before', async () => {
    let seen: unknown = 'nobody looked';
    await write(subject(), async (unit) => {
      await unit.insertAccount({ VID: vidOf('a'), merchantAccountId: 'a' }, AT);
      seen = await unit.findAccountByMerchantAccountId('a');
    });
    expect(seen).toMatchObject({ merchantAccountId: 'a' });
    expect(await find('a')).toBe('a');
  });

  test('all of one happens at one moment; no moment is earlier than one before', async () => {
    const { setNow, store } = subject();
    const moments: number[] = [];
    setNow(AT + 10);
    await write(subject(), (unit) => {
      moments.push(unit.now());
      setNow(AT + 20);
      moments.push(unit.now());
      return Promise.resolve();
    });
    setNow(AT + 5);
    moments.push(store.now(), readers(subject()).mine.now());
    setNow(AT + 30);
    moments.push(store.now());
    expect(moments).toEqual([AT + 10, AT + 10, AT + 10, AT + 10, AT + 30]);
  });

  test('close waits for the units that were begun', async () => {
    const begun = add('a');
    await subject().store.close();
    await expect(begun).resolves.toBeGreaterThan(0);
  });
};
