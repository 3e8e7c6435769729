/** Waits for the reader of an answer: what is written lies in memory until then. */
import type { ServerResponse } from 'node:http';
import type { Time } from './time';

/** The end of the present wait, if there is one. */
interface Wait {
  settle?: ((read: boolean) => void) | undefined;
}

const waits = new WeakMap<ServerResponse, Wait>();

/** Listens once for all waits: a compressed answer cannot take a listener of `drain` back. */
function waitOf(response: ServerResponse): Wait {
  const known = waits.get(response);
  if (known) return known;
  const wait: Wait = {};
  waits.set(response, wait);
  // Not in a row: a compressed answer's `on` gives its compressing stream.
  response.on('drain', () => wait.settle?.(true));
  response.on('close', () => wait.settle?.(false));
  return wait;
}

/**
 * Whether what is written was taken within the limit; else the connection is closed.
 * @param limit milliseconds
 * @param isSending asked when they are over: whether the client sends, and is waited for again
 */
export function waitForReader(
  response: ServerResponse,
  { after }: Pick<Time, 'after'>,
  limit: number,
  isSending: () => boolean = () => false,
): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  const wait = waitOf(response);
  return new Promise((resolve) => {
    const expire = () => {
      if (isSending()) cancel = after(limit, expire);
      else wait.settle?.(false);
    };
    let cancel = after(limit, expire);
    wait.settle = (read) => {
      wait.settle = undefined;
      cancel();
      if (!read) response.destroy();
      resolve(read);
    };
  });
}
