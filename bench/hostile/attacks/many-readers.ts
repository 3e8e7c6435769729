/** Clients that all ask for a large reply at once, and read it. */
import type { Attack } from '../attack';
import { counted, post } from '../sending';
import { fetchAll, filler } from './large-replies';

const CLIENTS = 200;
/** Replies of 3.2 MB. */
const ENTITLEMENTS = 7500;

export const manyReaders: Attack = {
  name: 'many-readers',
  title: `${CLIENTS} clients that ask for 3.2 MB at once`,
  prepare: filler({ middling: ENTITLEMENTS }),
  run: async ({ endpoint }) =>
    counted(
      await Promise.all(
        Array.from({ length: CLIENTS }, () => post(endpoint, fetchAll('middling'))),
      ),
    ),
};
