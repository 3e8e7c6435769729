/**
 * Addresses as they are counted: each way of writing one is one, and one is a network where that is the
 * least that a customer gets.
 * Decided: docs/decisions/failed-logins.md
 */
import { isIPv4, isIPv6 } from 'node:net';

/** `1.2.3.4:5555`; `[2001:db8::1]` with or without a port. */
const IPV4_WITH_PORT = /^([\d.]+):\d{1,5}$/;
const BRACKETED = /^\[([\da-f:.]+(?:%[\w.-]+)?)\](?::\d{1,5})?$/i;

/** The same IPv4 address as IPv6 writes it. */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/**
 * Reads an address as proxies write it: with a port, in brackets, with blanks around it.
 * @returns IPv4 in four numbers, also where it is mapped into IPv6; IPv6 in its shortest form, without
 *   its zone; undefined: it is no address
 */
export function readAddress(written: string): string | undefined {
  const text = written.trim();
  if (isIPv4(text)) return text;
  const bare = IPV4_WITH_PORT.exec(text)?.[1] ?? BRACKETED.exec(text)?.[1] ?? text;
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const [withoutZone = ''] = bare.split('%');
  const shortest = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(shortest) ?? [];
  if (high === undefined || low === undefined) return shortest;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(parseInt(high, 16), 0);
  bytes.writeUInt16BE(parseInt(low, 16), 2);
  return bytes.join('.');
}

/** An IPv4 address, or the /64 of an IPv6 one; a text that is no address stays as it is. */
export function networkOf(address: string): string {
  const read = readAddress(address);
  if (read === undefined || isIPv4(read)) return read ?? address;
  const [before = '', after] = read.split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = after?.split(':').filter((group) => group !== '') ?? [];
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
