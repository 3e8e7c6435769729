/** Where the reader is: the page's address, and moves to another without loading the page anew. */
import { useEffect, useState } from 'preact/hooks';

/** All screens lie under it. */
export const BASE = '/console';

/** An address of a screen. */
export interface Place {
  /** Decoded parts of the path after the base. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  /** The path and query as they stand in the address. */
  readonly href: string;
}

const MOVED = 'latchkey:moved';

/** The present address. A path that isn't encoded as one leads nowhere. */
export function readPlace(location: Pick<Location, 'pathname' | 'search'>): Place {
  const { pathname, search } = location;
  const rest = pathname
    .slice(BASE.length)
    .split('/')
    .filter((part) => part !== '');
  return { parts: rest.map(decode), query: new URLSearchParams(search), href: pathname + search };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * An address, each part encoded.
 * @param query its parameters; those that are undefined or empty are left out
 */
export function href(
  parts: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const path = [BASE, ...parts.map(encodeURIComponent)].join('/');
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const search = new URLSearchParams(given).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** Goes to a screen. @param replace whether the present address is not to be come back to */
export function goTo(address: string, replace = false): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  dispatchEvent(new Event(MOVED));
}

/** Changes parameters of the present address and keeps the others. */
export function changeQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  goTo(url.pathname + url.search, true);
}

/** The address that a sign-in leads back to: one of the console itself, whatever a link says. */
export function safeReturn(address: string | null): string {
  if (address === null) return BASE;
  const { origin, pathname, search } = new URL(address, location.origin);
  const isOurs = origin === location.origin && (pathname + '/').startsWith(`${BASE}/`);
  return isOurs && address.startsWith('/') ? pathname + search : BASE;
}

/** The present address, anew with each move. */
export function usePlace(): Place {
  const [place, setPlace] = useState(() => readPlace(location));
  useEffect(() => {
    const read = () => setPlace(readPlace(location));
    addEventListener(MOVED, read);
    addEventListener('popstate', read);
    return () => {
      removeEventListener(MOVED, read);
      removeEventListener('popstate', read);
    };
  }, []);
  return place;
}

/** Has plain links to screens move within the page. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented, target } = event;
    if (defaultPrevented || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    const link = target instanceof Element ? target.closest('a') : null;
    if (!link || link.target !== '' || link.hasAttribute('download')) return;
    const { origin, pathname, search, hash } = new URL(link.href);
    const isScreen = pathname === BASE || pathname.startsWith(`${BASE}/`);
    if (origin !== location.origin || !isScreen || pathname.startsWith(`${BASE}/api/`)) return;
    if (hash !== '' && pathname + search === location.pathname + location.search) return;
    event.preventDefault();
    goTo(pathname + search);
    scrollTo(0, 0);
  });
}
