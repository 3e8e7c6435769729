/** Work in several units: its order, its end, and what comes between. */
import { inUnits } from '../../src/batches/in-units';
import type { Store, UnitOfWork } from '../../src/store/store';

const store: Pick<Store, 'transact'> = {
  transact: (_merchant, work) => work({} as UnitOfWork),
};

test('part after part, each with what the one before gave, and the event loop turns between them', async () => {
  const seen: Array<number | string> = [];
  await inUnits(store, 1, 1, (_unit, state) => {
    seen.push(state);
    setImmediate(() => seen.push('turn'));
    return Promise.resolve(state < 3 ? state + 1 : undefined);
  });
  expect(seen).toEqual([1, 'turn', 2, 'turn', 3, 'turn']);
});

test('a part that fails ends it', async () => {
  const seen: number[] = [];
  const work = inUnits(store, 1, 1, (_unit, state) => {
    seen.push(state);
    return state === 2 ? Promise.reject(new Error('no')) : Promise.resolve(state + 1);
  });
  await expect(work).rejects.toThrow('no');
  expect(seen).toEqual([1, 2]);
});
