/** Waits for the reader of an answer: what is written lies in memory until then. */
import type { ServerResponse } from 'node:http';
import type { Time } from './time';

/**
 * Whether what is written was taken within the limit; else the connection is closed.
 * @param limit milliseconds
 */
export function waitForReader(
  response: ServerResponse,
  { after }: Pick<Time, 'after'>,
  limit: number,
): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (read: boolean) => () => {
      cancel();
      response.off('drain', drained).off('close', closed);
      if (!read) response.destroy();
      resolve(read);
    };
    const [drained, closed] = [settle(true), settle(false)];
    const cancel = after(limit, closed);
    response.on('drain', drained).on('close', closed);
  });
}
