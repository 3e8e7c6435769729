/** Values that stand in the page's address: a colleague who gets it sees the same. */
import { useEffect, useState } from 'preact/hooks';
import { changeQuery, readPlace } from './place';

/** Milliseconds without a change before the address follows: browsers allow few changes of it in a second. */
const QUIET = 300;

/**
 * A parameter of the address, and what changes it. It is read once: another path shows its screen made anew.
 * @returns its value; empty: there is none
 */
export function useKept(name: string): readonly [value: string, change: (value: string) => void] {
  const [value, change] = useState(() => valueOf(name));
  useEffect(() => {
    if (valueOf(name) === value) return undefined;
    const timer = setTimeout(() => changeQuery({ [name]: value }), QUIET);
    return () => clearTimeout(timer);
  }, [name, value]);
  return [value, change];
}

function valueOf(name: string): string {
  return readPlace(location).query.get(name) ?? '';
}
