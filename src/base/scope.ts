/**
 * What an API key may do; each scope holds those before it.
 * Decided: docs/decisions/api-keys.md
 */

/** read: look. write: change access, too. admin: offers, API keys, the merchant's limits and
 * the erasure of personal data, too. */
export const SCOPES = ['read', 'write', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a key of a scope may do what needs another. */
export function includes(held: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(held) >= SCOPES.indexOf(needed);
}
