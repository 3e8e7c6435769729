/** An account as it is read. */
import { ACCOUNT_FIELDS } from '../accounts';
import { selectList } from './columns';

/** The columns read of an account: its key, its single values, when it was made. */
export const ACCOUNT_ROW: readonly string[] = ['id', ...ACCOUNT_FIELDS, 'createdAt'];
/** Those of them that SQLite keeps as 0 and 1. */
export const ACCOUNT_BOOLEANS: readonly string[] = ['warnBeforeAutobilling'];
/** The same as a list for SELECT. */
export const ACCOUNT_COLUMNS = selectList(ACCOUNT_ROW);
/** The columns of an account that may change. */
export const MUTABLE_FIELDS = ACCOUNT_FIELDS.filter((field) => field !== 'VID');
