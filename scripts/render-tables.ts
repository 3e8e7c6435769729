/** Renders the table of the settings, and puts what is rendered into a document. */
import { type Setting, SETTINGS } from '../src/config/settings';

/** Every setting, by variable and flag. */
export function renderSettings(): string {
  const rows = Object.values(SETTINGS).map((setting: Setting<unknown>) => {
    const fallback = setting.default === '' ? '' : `\`${setting.default}\``;
    const flag = setting.flag.replaceAll('|', '\\|');
    return `| \`${setting.variable}\` | \`${flag}\` | ${fallback} | ${setting.description} |`;
  });
  return renderTable(['Variable', 'Flag of `latchkey serve`', 'Default', 'What it does'], rows);
}

/**
 * Puts a text between `<!-- NAME -->` and `<!-- /NAME -->`.
 * @throws Error when the marks are missing
 */
export function replaceBetweenMarks(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the marks ${start} … ${end} are missing`);
  return `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`;
}

/** A table in Markdown; each row is a line with its bars. */
export function renderTable(heads: readonly string[], rows: readonly string[]): string {
  const rule = heads.map(() => '---').join(' | ');
  return [`| ${heads.join(' | ')} |`, `| ${rule} |`, ...rows].join('\n');
}
