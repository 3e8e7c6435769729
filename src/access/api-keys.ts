/**
 * Makes and ends API keys, on whichever surface.
 * Decided: docs/decisions/api-keys.md
 */
import { cut } from '../base/quote';
import { conflict, notFound } from '../base/refusal';
import type { Scope } from '../base/scope';
import type { Work } from '../base/work';
import type { ApiKey } from '../store/api-keys';
import type { UnitOfWork } from '../store/store';
import { digestOf, newApiKey } from './authenticate-key';
import { requireActorName } from './names';

export const unknownKey = (name: string) => notFound(`There is no API key ${cut(name)}.`);
export const keyExists = (name: string) =>
  conflict(`There is an API key ${cut(name)} already; a revoked one keeps its name.`);
export const lastAdminKey = (name: string) =>
  conflict(
    `${cut(name)} is the last API key of scope admin: make another before, or use latchkey key revoke.`,
  );

/**
 * Makes a key.
 * @param name the caller's name in the ledger
 * @returns the key itself, which is kept nowhere
 * @throws Refusal 400 when the name cannot be one, 409 when it is taken
 */
export async function addApiKey(
  { apiKeys }: Pick<UnitOfWork, 'apiKeys'>,
  { now: createdAt, actor: createdBy }: Pick<Work, 'now' | 'actor'>,
  { name, scope, key = newApiKey() }: { name: string; scope: Scope; key?: string },
): Promise<{ readonly name: string; readonly scope: Scope; readonly key: string }> {
  requireActorName(name);
  if (await apiKeys.findByName(name)) {
    throw keyExists(name);
  }
  await apiKeys.insert({ name, scope, digest: digestOf(key), createdAt, createdBy });
  return { name, scope, key };
}

/**
 * Ends a key, at once. One that has ended stays as it is.
 * @returns the key as it is kept then
 * @throws Refusal 404 when there is none of that name
 */
export async function revokeApiKey(
  { apiKeys }: Pick<UnitOfWork, 'apiKeys'>,
  { now, actor }: Pick<Work, 'now' | 'actor'>,
  name: string,
): Promise<ApiKey> {
  const known = await apiKeys.findByName(name);
  if (!known) throw unknownKey(name);
  if (known.revokedAt !== undefined) return known;
  await apiKeys.revoke(name, now, actor);
  return { ...known, revokedAt: now, revokedBy: actor };
}

/**
 * A caller without the command line must not lock all callers out of administration.
 * @throws Refusal 409 when the key is the last valid one of scope admin
 */
export async function requireAnotherAdmin(
  { apiKeys }: Pick<UnitOfWork, 'apiKeys'>,
  name: string,
): Promise<void> {
  const key = await apiKeys.findByName(name);
  if (key?.scope !== 'admin' || key.revokedAt !== undefined) return;
  if ((await apiKeys.countValid('admin')) > 1) return;
  throw lastAdminKey(name);
}
