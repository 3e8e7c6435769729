/** The store's behaviour on PostgreSQL. */
import { describeOnPostgres, openEmptyStore } from '../../harness/postgres';
import { describeStore } from '../../store-suite/describe-store';

describeOnPostgres('the store', () => {
  describeStore('in a database of its own', (time, onCommit) => openEmptyStore({ time, onCommit }));
});
