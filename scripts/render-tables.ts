/** Renders the tables of README that follow from the contract, the handlers and the settings. */
import { OPERATIONS } from '../src/cashbox/operations';
import { type Setting, SETTINGS } from '../src/config/settings';
import type { ContractVersion } from '../src/contract/model';

/** Which operations are implemented; the others answer 501. */
export function renderCoverage(version: ContractVersion): string {
  const implemented: Readonly<Record<string, object>> = OPERATIONS;
  const rows = [...version.services.values()].map((service) => {
    const names = [...service.operations.keys()];
    const done = names.filter((name) => name in (implemented[service.name] ?? {}));
    const rest = names.filter((name) => !done.includes(name));
    return `| ${service.name} | ${list(done)} | ${list(rest)} |`;
  });
  return table(['Class', 'Implemented', 'Described, answers 501'], rows);
}

/** Every setting, by variable and flag. */
export function renderSettings(): string {
  const rows = Object.values(SETTINGS).map((setting: Setting<unknown>) => {
    const fallback = setting.default === '' ? '' : `\`${setting.default}\``;
    const flag = setting.flag.replaceAll('|', '\\|');
    return `| \`${setting.variable}\` | \`${flag}\` | ${fallback} | ${setting.description} |`;
  });
  return table(['Variable', 'Flag of `latchkey serve`', 'Default', 'What it does'], rows);
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
  return `${document.slice(0, from + start.length)}\n\n${text}\n${document.slice(to)}`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' ');
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const rule = heads.map(() => '---').join(' | ');
  return [`| ${heads.join(' | ')} |`, `| ${rule} |`, ...rows, ''].join('\n');
}
