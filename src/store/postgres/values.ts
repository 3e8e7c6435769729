/** How values of PostgreSQL come out: BIGINT as numbers, for every id and moment is a safe one. */
import { types } from 'pg';

/** BIGINT, and NUMERIC, which sums of it are. */
const WHOLE: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC]);

/** @throws Error where a whole number is one that JavaScript confuses with its neighbours */
function toSafeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`the database holds ${text}, beyond the numbers that are safe here`);
}

/** Reads values in the text form. */
export const TYPES = {
  getTypeParser: ((type, format) =>
    WHOLE.has(type)
      ? toSafeNumber
      : (types.getTypeParser(type, format) as unknown)) as typeof types.getTypeParser,
};
