/** Shows which folder of src/ may import which: as a mermaid flowchart, and as a table. */
import { ANYTHING, type Rule, RULES } from './import-rules';
import { renderTable } from './render-tables';

/** The files directly in src/. */
const TOP = '.';

/**
 * Nodes are folders, an arrow is "may import", a dotted one "types only". A folder that other arrows
 * lead to has none of its own, or the picture would be all arrows.
 */
export function renderPicture(rules: Readonly<Record<string, Rule>> = RULES): string {
  const folders = Object.keys(rules).filter((folder) => !importsAnything(rules[folder]));
  const wiring = Object.keys(rules).filter((folder) => importsAnything(rules[folder]));
  const reached = new Set(folders.flatMap((folder) => arrowsFrom(folder, rules)));
  return [
    '```mermaid',
    'flowchart TD',
    `  wiring["${wiring.map((folder) => (folder === TOP ? 'app, main, cli' : folder)).join(', ')}"]`,
    ...folders.map((folder) => `  ${folder}["${folder}"]`),
    ...folders.filter((folder) => !reached.has(folder)).map((folder) => `  wiring --> ${folder}`),
    ...folders.flatMap((folder) =>
      arrowsFrom(folder, rules).map((target) => {
        const arrow = rules[folder]?.values.includes(target) ? '-->' : '-.->';
        return `  ${folder} ${arrow} ${target}`;
      }),
    ),
    '```',
  ].join('\n');
}

/** Each folder with all that it may import. */
export function renderImports(rules: Readonly<Record<string, Rule>> = RULES): string {
  const list = (names: readonly string[]) =>
    names.map((name) => (name === ANYTHING ? 'everything' : `\`${name}\``)).join(', ');
  const rows = Object.entries(rules).map(([folder, { values, types }]) => {
    const name = folder === TOP ? '`src/` itself' : `\`${folder}\``;
    return `| ${name} | ${list(values)} | ${list(types)} |`;
  });
  return renderTable(['Folder', 'May import', 'Types only'], rows);
}

function importsAnything(rule: Rule | undefined): boolean {
  return rule?.values.includes(ANYTHING) ?? false;
}

function targetsOf(folder: string, rules: Readonly<Record<string, Rule>>): readonly string[] {
  const rule = rules[folder];
  return rule ? [...rule.values, ...rule.types] : [];
}

/** The folders that no other target of this one leads to. */
function arrowsFrom(folder: string, rules: Readonly<Record<string, Rule>>): string[] {
  const targets = targetsOf(folder, rules);
  return targets.filter(
    (target) => !targets.some((other) => other !== target && leadsTo(other, target, rules)),
  );
}

function leadsTo(from: string, to: string, rules: Readonly<Record<string, Rule>>): boolean {
  return targetsOf(from, rules).some((next) => next === to || leadsTo(next, to, rules));
}
