/** A body in pieces: all bytes in their order, and memory in proportion to them. */
import { GrowingBody, letGoOf, outlasting } from '../../src/base/growing-body';

const MB = 2 ** 20;

function grow(pieces: readonly string[]): GrowingBody {
  const body = new GrowingBody(MB);
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
  ['a megabyte', Array.from({ length: 64 }, (_, n) => String.fromCharCode(n + 33).repeat(2 ** 14))],
])('%s', (_what, pieces) => {
  const body = grow(pieces);
  expect(body.bytes().toString()).toBe(pieces.join(''));
  expect(body.length).toBe(pieces.join('').length);
});

test('a piece that comes alone is not copied', () => {
  const piece = Buffer.from('abc');
  const body = new GrowingBody(MB);
  body.add(piece);
  expect(body.bytes()).toBe(piece);
});

test('a piece is left as it was when others follow', () => {
  const piece = Buffer.from('abc');
  const body = new GrowingBody(MB);
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

test('a piece with which there would be more than are taken is left out', () => {
  const body = new GrowingBody(4);
  expect([body.add(Buffer.from('abc')), body.add(Buffer.from('de'))]).toEqual([true, false]);
  expect(body.bytes().toString()).toBe('abc');
});

test('a long body grows where it lies, and its memory is given back at once; who keeps its bytes has them still', () => {
  const body = new GrowingBody(MB);
  for (let n = 0; n < 8; n += 1) body.add(Buffer.alloc(2 ** 13, 'x'));
  const { buffer } = body.bytes();
  for (let n = 0; n < 8; n += 1) body.add(Buffer.alloc(2 ** 13, 'y'));
  expect(body.bytes().buffer).toBe(buffer);
  const kept = outlasting(body.bytes());
  letGoOf(body.bytes());
  expect(buffer.byteLength).toBe(0);
  expect(kept.toString()).toBe('x'.repeat(2 ** 16) + 'y'.repeat(2 ** 16));
});

test('what is no memory of a body alone is left as it is', () => {
  const bytes = Buffer.from('abc');
  letGoOf(bytes);
  expect(bytes.toString()).toBe('abc');
  expect(outlasting(bytes)).toBe(bytes);
});
