/** How many of the last calls are kept to be looked at. */
export type KeptCalls =
  | { readonly kind: 'off' }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'days'; readonly days: number };

const MOST_CALLS = 100_000;
const MOST_DAYS = 31;

/** `off`, a number, or days as in `7d`. @returns undefined: it is none of these */
export function readKeptCalls(text: string): KeptCalls | undefined {
  if (text === 'off') return { kind: 'off' };
  const [, digits, unit] = /^([1-9]\d{0,5})(d?)$/.exec(text) ?? [];
  const number = Number(digits);
  if (unit === 'd' && number <= MOST_DAYS) return { kind: 'days', days: number };
  return unit === '' && number <= MOST_CALLS ? { kind: 'number', number } : undefined;
}
