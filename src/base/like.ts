/** Patterns in which `*` stands for any text. */

/** Whether a text is what a pattern says, whose `*` stands for any text; linear in both. */
export function isLike(pattern: string, text: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return text === pattern;
  if (!text.startsWith(start)) return false;
  let place = start.length;
  for (const middle of rest) {
    const found = text.indexOf(middle, place);
    if (found < 0) return false;
    place = found + middle.length;
  }
  return text.length - end.length >= place && text.endsWith(end);
}
