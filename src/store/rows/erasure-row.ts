/** What the erasure of personal data reads and empties. */
import { ACCOUNT_FIELDS } from '../accounts';
import type { LineText } from '../erasures';
import { columnOf, selectList } from './columns';

/** The columns read of the names of an account. */
export const NAME_COLUMNS = selectList([
  ...['id', 'VID', 'merchantAccountId', 'externalId', 'emailAddress', 'name', 'company'],
]);

/** The values of an account that stay, the ids as they are given. */
const KEPT = ['VID', 'merchantAccountId', 'externalId', 'parentMerchantAccountId'];

/** Empties those of an account that don't. */
export const EMPTIED = ACCOUNT_FIELDS.filter((field) => !KEPT.includes(field))
  .map((field) => `${columnOf(field)} = NULL`)
  .join(', ');

/** The columns read of an erasure. */
export const ERASURE_COLUMNS = `account_id AS "accountId", at, actor, soap_id AS "callId", revoked,
  finished_at AS "finishedAt"`;

/** The columns read of the text of a line. */
export const TEXT_COLUMNS = selectList([
  ...(['note', 'beforeDescription', 'afterDescription'] satisfies Array<keyof LineText>),
]);
