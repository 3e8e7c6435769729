/** The store's behaviour on PostgreSQL. */
import { openPostgresStore } from '../../../src/store/postgres/postgres-store';
import { CONNECTIONS, describeOnPostgres, makeDatabase } from '../../harness/postgres';
import { describeStore } from '../../store-suite/describe-store';

describeOnPostgres('the store', () => {
  describeStore('in a database of its own', async (time, onCommit) =>
    openPostgresStore(await makeDatabase(), CONNECTIONS, { time, onCommit }),
  );
});
