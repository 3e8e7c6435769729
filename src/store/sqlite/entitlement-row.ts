/** An entitlement as it is read. */
import { selectList } from './rows';

/** What names an entitlement within an account. */
export const ENTITLEMENT_KEY = ['merchantEntitlementId', 'source', 'sourceId'] as const;

/** What of it is read. */
export const ENTITLEMENT_COLUMNS = `${selectList([...ENTITLEMENT_KEY, 'description', 'dueAt'])},
  start_at AS start, end_at AS end`;
