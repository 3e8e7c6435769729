/** The one place where SQLite's errors become the store's. */
import { toStoreError } from './errors';

/**
 * Runs a statement.
 * @throws StoreError instead of SQLite's own error
 */
export function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw toStoreError(error);
  }
}
