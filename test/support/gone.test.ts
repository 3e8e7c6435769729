/** A question that nobody waits for any more is left: hundred thousands of lines may be its answer. */
import { ReaderGone } from '../../src/base/reply-reader';
import type { LedgerRow, Reader } from '../../src/store/store';
import { linesOf } from '../../src/support/why';

test('no further page is read once the client is gone', async () => {
  let pages = 0;
  const listLines = ({ limit }: { limit: number }) => {
    pages += 1;
    return Array.from({ length: pages > 9 ? 0 : limit }, (_, id) => ({ id }) as LedgerRow);
  };
  const reader = { audit: { listLines }, pause: () => undefined } as unknown as Reader;
  const readAll = async () => {
    for await (const line of linesOf(reader, 1, () => pages === 3)) expect(line).toBeDefined();
  };
  await expect(readAll()).rejects.toThrow(ReaderGone);
  expect(pages).toBe(3);
});
