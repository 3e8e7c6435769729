/** Passwords, kept only as scrypt hashes. */
import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** scrypt's parameters. */
export interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** For a password that is made for a test: it protects nothing, and a test shall not wait for its hash. */
export const THROW_AWAY: Cost = { N: 2, r: 1, p: 1 };

const COST: Cost = { N: 2 ** 15, r: 8, p: 1 };
/** Node's own limit, 32 MiB, is a little less than this cost takes. */
const MAX_MEMORY = 2 ** 28;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/**
 * @returns `scrypt$N$r$p$salt$key`: it holds its own cost, which may so rise without a migration
 */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return formatHash(
    cost,
    salt,
    await derive(password, salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY }),
  );
}

/** A hash that no password has; verifying against it costs what verifying against any does. */
export function unmatchableHash(): string {
  return formatHash(COST, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));
}

const prefixOf = ({ N, r, p }: Cost) => `scrypt$${N}$${r}$${p}$`;

const THROWN_AWAY = prefixOf(THROW_AWAY);

/** Whether a password was made for a test: to verify it takes no time. */
export const isThrownAway = (hash: string): boolean => hash.startsWith(THROWN_AWAY);

function formatHash(cost: Cost, salt: Buffer, key: Buffer): string {
  return `${prefixOf(cost)}${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether the password is the one that was hashed. Takes as long for either answer. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = hash.split('$');
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), expected.length, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    maxmem: MAX_MEMORY,
  });
  return timingSafeEqual(actual, expected);
}

/** A password for a person to copy: 144 random bits. */
export function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
