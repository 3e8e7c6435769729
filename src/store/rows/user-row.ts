/** Users that were looked at for a listing. */
import type { StoredUser, UserPart } from '../users';

/** A user, and whether it is listed. */
export type SeenUser = StoredUser & { readonly listed: boolean };

/** Those that are listed. @param limit how many were asked for */
export function listedOf(seen: readonly SeenUser[], limit: number): UserPart {
  const users = seen.filter(({ listed }) => listed);
  return { users, last: seen.length < limit ? undefined : seen.at(-1)?.id };
}
