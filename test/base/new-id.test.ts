/** Ids are 40 hexadecimal digits, and no two are the same. */
import { newId } from '../../src/base/new-id';

test('newId: ten thousand ids of 40 hexadecimal digits, all different', () => {
  const ids = Array.from({ length: 10_000 }, newId);
  expect(ids.filter((id) => !/^[0-9a-f]{40}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  // Nor do they share a part, as they would if they overlapped in the pool.
  expect(new Set(ids.flatMap((id) => [id.slice(0, 20), id.slice(20)])).size).toBe(2 * ids.length);
});
