/** How accounts are called. */

/** An account as answers name it. */
export interface Named {
  readonly VID: string;
  readonly merchantAccountId?: string | undefined;
  readonly email?: string | undefined;
}

/** The name that people know it by. */
export function nameOfAccount({ VID, merchantAccountId, email }: Named): string {
  return merchantAccountId ?? email ?? VID;
}
