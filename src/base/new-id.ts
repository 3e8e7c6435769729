/** Makes the ids of accounts, addresses and calls. */
import { randomFillSync } from 'node:crypto';

const ID_BYTES = 20;
/** Asking the system for random bytes costs the same for one id as for many. */
const pool = Buffer.alloc(ID_BYTES * 200);
let used = pool.length;

/** A VID or soapId: 40 hexadecimal digits, as CashBox's are (observed). */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool.toString('hex', used, (used += ID_BYTES));
}
