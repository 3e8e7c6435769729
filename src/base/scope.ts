/**
 * What an API key may do; each scope holds those before it.
 * Decided: docs/decisions/api-keys.md
 */

export const SCOPES = ['read', 'write', 'admin'] as const;

/** What each is for, in words. */
export const SCOPES_IN_WORDS =
  'read: look; write: change access, too; admin: offers, keys and limits, and erase personal data, too';

export type Scope = (typeof SCOPES)[number];

/** Whether a key of a scope may do what needs another. */
export function includes(held: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(held) >= SCOPES.indexOf(needed);
}
