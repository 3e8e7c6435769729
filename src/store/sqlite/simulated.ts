/**
 * Marks databases of simulations: their moments are made up, so that nothing else may take them for true.
 * Decided: docs/decisions/simulation.md
 */
import type { Database } from 'better-sqlite3';
import type { Simulate } from '../../base/simulate';
import { SchemaError } from '../schema-error';

/** SQLite's `application_id` of such a file: "LKsi". */
const MARK = 0x4c4b7369;

/** The triggers that keep the ledger from being changed: a simulation's data go back, too. */
const GUARDS = ['ledger_no_update', 'ledger_no_delete', 'ledger_no_replace'];

/**
 * Holds a database to the kind that is wanted, and marks one that becomes a simulation's.
 * @throws SchemaError when it is of the other kind
 */
export function requireKind(database: Database, simulate: Simulate): void {
  const marked = database.pragma('application_id', { simple: true }) === MARK;
  if (simulate === 'off') {
    if (!marked) return;
    throw new SchemaError(
      "is a simulation's, with moments that are made up: serve it with --simulate, or name another file",
    );
  }
  if (!marked && simulate !== 'force' && hasMerchants(database)) {
    throw new SchemaError(
      'has merchants of a server without --simulate: name a new file, or turn it into a simulation for ' +
        'good with --simulate force',
    );
  }
  database.transaction(() => {
    database.pragma(`application_id = ${MARK}`);
    for (const guard of GUARDS) database.exec(`DROP TRIGGER IF EXISTS ${guard}`);
  })();
  // Nothing here must survive a loss of power, and tests shall not wait for the disk.
  database.pragma('synchronous = OFF');
  // Nor is anything in it a secret of somebody: what a reset removes need not be overwritten.
  database.pragma('secure_delete = OFF');
}

function hasMerchants(database: Database): boolean {
  return database.prepare('SELECT 1 FROM merchant LIMIT 1').get() !== undefined;
}
