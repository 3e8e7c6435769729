/** A body in pieces: all bytes in their order, and memory in proportion to them. */
import { GrowingBody } from '../../src/base/growing-body';

function grow(pieces: readonly string[]): GrowingBody {
  const body = new GrowingBody();
  for (const piece of pieces) body.add(Buffer.from(piece));
  return body;
}

test.each([
  ['nothing', []],
  ['one piece', ['abc']],
  ['two pieces', ['abc', 'de']],
  ['empty pieces', ['', 'abc', '', 'de', '']],
  ['single bytes', Array.from('the bytes of a body'.repeat(1000))],
  ['pieces of every size', Array.from({ length: 200 }, (_, size) => 'x'.repeat(size))],
])('%s', (_what, pieces) => {
  const body = grow(pieces);
  expect(body.bytes().toString()).toBe(pieces.join(''));
  expect(body.length).toBe(pieces.join('').length);
});

test('a piece that comes alone is not copied', () => {
  const piece = Buffer.from('abc');
  const body = new GrowingBody();
  body.add(piece);
  expect(body.bytes()).toBe(piece);
});

test('a piece is left as it was when others follow', () => {
  const piece = Buffer.from('abc');
  const body = new GrowingBody();
  body.add(piece.subarray(0, 2));
  body.add(Buffer.from('x'));
  expect(piece.toString()).toBe('abc');
});

test('single bytes take at most a few times their number', () => {
  const allocate = jest.spyOn(Buffer, 'allocUnsafe');
  grow(Array.from('x'.repeat(100_000)));
  const allocated = allocate.mock.calls.reduce((sum, [size]) => sum + size, 0);
  allocate.mockRestore();
  expect(allocated).toBeLessThan(5 * 100_000);
});
