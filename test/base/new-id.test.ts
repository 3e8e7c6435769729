/** Ids are 40 hexadecimal digits, and no two are the same. */
import { newId } from '../../src/base/new-id';

test('newId: ten thousand ids of 40 hexadecimal digits, all different', () => {
  const ids = Array.from({ length: 10_000 }, newId);
  expect(ids.filter((id) => !/^[0-9a-f]{40}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  // Nor do they share a part, as they would if they overlapped in the pool.
  expect(new Set(ids.flatMap((id) => [id.slice(0, 12), id.slice(12, 24)])).size).toBe(
    2 * ids.length,
  );
});

test('ids end with the time of their making, so that later ones come after earlier ones', () => {
  const now = jest.spyOn(Date, 'now');
  const endAt = (time: number) => {
    now.mockReturnValueOnce(time);
    return newId().slice(-16);
  };
  expect(endAt(0x19a_bcde_f012).slice(0, 12)).toBe('019abcdef012');
  expect(endAt(1000) < endAt(1001)).toBe(true);
  now.mockRestore();
});
