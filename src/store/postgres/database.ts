/** A database on a server of PostgreSQL. The driver is loaded when one is opened. */
import type { Database } from '../database';

/** @param url as libpq has it; it may hold a password */
export function createPostgresDatabase(url: string): Database {
  return {
    name: nameOf(url),
    kept: true,
    // Whether it is there shows when it is opened: asking takes a connection.
    exists: () => true,
    requireWritable: () => undefined,
    open: refuse,
    removeMerchant: refuse,
  };
}

function refuse(): never {
  throw new Error('this version opens no database on PostgreSQL yet');
}

/** Scheme, user, hosts and database of a URL: neither its password nor its parameters. */
export function nameOf(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z]+:\/\/)(.*)$/is.exec(url) ?? [];
  const [authority = ''] = rest.split(/[?#]/, 1);
  const end = authority.lastIndexOf('@');
  // A password with a question mark ends there: what comes before may be a part of it.
  if (end === -1 && rest.includes('@')) return scheme;
  const [user = ''] = authority.slice(0, Math.max(end, 0)).split(':', 1);
  return `${scheme}${user === '' ? '' : `${user}@`}${authority.slice(end + 1)}`;
}
