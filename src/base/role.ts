/**
 * What a person may do in the console; each role holds those before it.
 * Decided: docs/decisions/console.md
 */
import type { Scope } from './scope';

export const ROLES = ['viewer', 'support', 'admin'] as const;

/** What each is for, in words. */
export const ROLES_IN_WORDS =
  'viewer: look; support: change access, too; admin: offers, keys, limits and people, too';

export type Role = (typeof ROLES)[number];

const SCOPES: Readonly<Record<Role, Scope>> = { viewer: 'read', support: 'write', admin: 'admin' };

/** The scope of an API key that may do the same. */
export function scopeOfRole(role: Role): Scope {
  return SCOPES[role];
}
