/** An entitlement as it is read. */
import { selectList } from './rows';

/** The key columns of an entitlement within an account. */
export const ENTITLEMENT_KEY = ['merchantEntitlementId', 'source', 'sourceId'] as const;

/** The columns read of it. */
export const ENTITLEMENT_COLUMNS = `${selectList([...ENTITLEMENT_KEY, 'description', 'dueAt'])},
  start_at AS start, end_at AS end`;
