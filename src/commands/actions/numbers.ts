/** Whole numbers that options give. */

/**
 * Reads one.
 * @param option for the message
 * @returns undefined when the option was not given
 * @throws Error when the text is no number of that range
 */
export function wholeNumber(
  option: string,
  text: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  throw new Error(`${option}: "${text}" is not a number from ${least} to ${most}`);
}
