/** Long work as it is read. */
import { selectList } from './columns';

/** The columns read of it. */
export const WORK_COLUMNS = `${selectList(['id', 'kind', 'subject', 'name', 'actor', 'begunAt', 'done', 'total'], 'work.')},
  work.soap_id AS "callId"`;

/** The columns read of a range. */
export const RANGE_COLUMNS = 'after_id AS after, until_id AS until, turn, detail';
