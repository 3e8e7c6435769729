/**
 * E-mail addresses with letters of any script (RFC 6531): one address may be written in several ways.
 * Decided: docs/decisions/addresses.md
 */
import { domainToASCII, domainToUnicode } from 'node:url';

/** What ASCII has no letter for, in the part before the `@`. */
const OTHER_LETTERS = /[^\p{ASCII}]/gu;
const IS_LETTER = /^[\p{L}\p{N}\p{M}]$/u;

/**
 * The same address in ASCII alone, to be held against the rules for such: its domain in punycode, `x` for
 * letters before the `@`.
 * @returns undefined where a character is neither a letter nor a digit, or the domain is none
 */
export function toAsciiAddress(address: string): string | undefined {
  const { local, domain } = split(address);
  if ([...local.matchAll(OTHER_LETTERS)].some(([letter]) => !IS_LETTER.test(letter))) {
    return undefined;
  }
  const ascii = isAscii(domain) ? domain : domainToASCII(domain);
  return ascii === '' ? undefined : `${local.replace(OTHER_LETTERS, 'x')}@${ascii}`;
}

/** An address as it is kept: composed (NFC), a domain of other scripts in lower case. ASCII stays as it is. */
export function keptAddress(address: string): string {
  const composed = address.normalize('NFC');
  const { local, domain } = split(composed);
  return isAscii(domain) ? composed : `${local}@${unicodeOf(domain)}`;
}

/**
 * The ways in which an address may have been kept, the likeliest first: as it is written, with its domain in
 * letters, and in punycode.
 */
export function spellingsOf(address: string): string[] {
  const { local, domain } = split(address);
  if (isAscii(domain) && !/(?:^|\.)xn--/i.test(domain)) {
    return isAscii(local) ? [address] : [...new Set([address, address.normalize('NFC')])];
  }
  const composed = local.normalize('NFC');
  const domains = [unicodeOf(domain), domainToASCII(domain)].filter((name) => name !== '');
  return [...new Set([address, ...domains.map((name) => `${composed}@${name}`)])];
}

function split(address: string): { readonly local: string; readonly domain: string } {
  const at = address.lastIndexOf('@');
  return at < 0
    ? { local: address, domain: '' }
    : { local: address.slice(0, at), domain: address.slice(at + 1) };
}

function unicodeOf(domain: string): string {
  return domainToUnicode(domain) || domain;
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}
