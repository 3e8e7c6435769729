/**
 * Marks databases of simulations: their moments are made up, so that nothing else may take them for true.
 * Decided: docs/decisions/simulation.md
 */
import type { Simulate } from '../../base/simulate';
import type { Connection } from './connection';
import { SchemaError } from '../schema-error';

/**
 * Holds a database to the kind that is wanted, and marks one that becomes a simulation's.
 * @throws SchemaError when it is of the other kind, or something is being copied into it
 */
export async function requireKind(connection: Connection, simulate: Simulate): Promise<void> {
  const [kind] = await connection.query<{ simulation: boolean; copying: boolean; used: boolean }>(
    `SELECT simulation, copying IS NOT NULL AS copying, EXISTS (SELECT 1 FROM merchant) AS used
     FROM store_kind`,
  );
  if (kind?.copying) {
    throw new SchemaError('holds a part of a copy: finish it with latchkey store copy');
  }
  const marked = kind?.simulation ?? false;
  if (simulate === 'off') {
    if (!marked) return;
    throw new SchemaError(
      "is a simulation's, with moments that are made up: serve it with --simulate, or name another database",
    );
  }
  if (marked) return;
  if (kind?.used && simulate !== 'force') {
    throw new SchemaError(
      'has merchants of a server without --simulate: name a new database, or turn it into a simulation for ' +
        'good with --simulate force',
    );
  }
  await connection.query('UPDATE store_kind SET simulation = true');
}
