/** Keeps a server busy over many connections, to see what memory that takes and whether it is slower. */
import { KINDS } from './calls';
import { Client } from './client';
import type { Side } from './measure';

const CONNECTIONS = 32;

/** Calls that may be made about an account again and again. */
const MIX = ['isEntitled', 'fetchByAccount', 'grantEntitlement', 'update'];

/**
 * Makes calls about accounts from all over the file, one at a time per connection.
 * @returns how many were answered a second
 */
export async function keepBusy(endpoint: string, side: Side, seconds: number): Promise<number> {
  const { population } = side;
  const kinds = KINDS.filter(({ name }) => MIX.includes(name));
  const until = performance.now() + seconds * 1000;
  let count = 0;
  const loop = async () => {
    const client = new Client(endpoint);
    try {
      while (performance.now() < until) {
        const number = population.accountAt(count, 0);
        const kind = kinds[count % kinds.length];
        count += 1;
        if (kind) await client.call(kind.request({ population, number, count }));
      }
    } finally {
      client.close();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  return count / seconds;
}
