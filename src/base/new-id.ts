/**
 * Makes the ids of accounts, addresses and calls.
 * Decided: docs/decisions/ids.md
 */
import { randomFillSync } from 'node:crypto';
import { SYSTEM_TIME } from './time';

const ID_BYTES = 20;
/** Within an id, the milliseconds since 1970: an index over the ends of ids then grows at its end. */
const TIME_AT = 12;
const TIME_BYTES = 6;

/** Asking the system for random bytes costs the same for one id as for many. */
const pool = Buffer.alloc(ID_BYTES * 200);
let used = pool.length;

/** A VID or soapId: 40 hexadecimal digits, as CashBox's are (observed), 28 of them random. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  pool.writeUIntBE(SYSTEM_TIME.now(), used + TIME_AT, TIME_BYTES);
  return pool.toString('hex', used, (used += ID_BYTES));
}
