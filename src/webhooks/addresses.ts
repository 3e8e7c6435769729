/**
 * Where messages may go. Checked for the address that a connection is made to, not for the name: a name may lead
 * anywhere, and somewhere else each time.
 * Decided: docs/decisions/webhooks.md
 */
import { BlockList, isIP } from 'node:net';

/** Networks that are of one machine or site, or of nobody: loopback, private, link-local, shared, multicast, tests. */
const IPV4 = listOf('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]);

/** The same; and every network whose addresses hold another of IPv4: mapped, translated, 6to4, Teredo. */
const IPV6 = listOf('ipv6', [
  ...['::/96', '::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/32'],
  ...['2001:db8::/32', '2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]);

function listOf(family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Whether an IP address is none of the public internet's. @param address without brackets */
export function isPrivateAddress(address: string): boolean {
  return isIP(address) === 6 ? IPV6.check(address, 'ipv6') : IPV4.check(address, 'ipv4');
}

/** The part of an endpoint that says where it leads. */
export interface Target {
  readonly url: string;
  /** Whether it may lead to a private address. */
  readonly private: boolean;
}

/**
 * Why no connection to an address may be made for an endpoint.
 * @returns undefined: it may
 */
export function whyRefused(target: Target, address: string): string | undefined {
  const isPrivate = isPrivateAddress(address);
  if (isPrivate && !target.private) return 'its host has a private address';
  if (!isPrivate && new URL(target.url).protocol === 'http:') {
    return 'its host has a public address, and http is for private ones only';
  }
  return undefined;
}

/** The IP address that a URL names itself; undefined: it names a host. */
export function literalAddress(url: string): string | undefined {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
}

/** The most characters of a URL. */
const MOST_CHARACTERS = 2000;

/**
 * The fault of a URL that an endpoint is to have, in words that follow its field's name.
 * @returns undefined: it has none that shows before it is called
 */
export function faultOfUrl(target: Target): string | undefined {
  const { url } = target;
  if (url.length > MOST_CHARACTERS) return `must have at most ${MOST_CHARACTERS} characters`;
  if (!URL.canParse(url)) return 'must be a URL, such as https://shop.example.com/hooks';
  const { protocol, username, password, hash, hostname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https://';
  if (username !== '' || password !== '') return 'must have no user and password';
  if (hash !== '') return 'must have no fragment (#…)';
  if (protocol === 'http:' && !target.private) {
    return 'must begin with https://: http is for private addresses only, and these are not allowed';
  }
  const address = literalAddress(url);
  const refused = address === undefined ? undefined : whyRefused(target, address);
  if (refused !== undefined) return `cannot be called: ${refused}`;
  const isLocal = /(^|\.)localhost\.?$/.test(hostname);
  if (isLocal && !target.private) return 'cannot be called: its host has a private address';
  return undefined;
}
