/** The table of attacks, as the pages show it. */
import type { Attack } from './attack';
import type { Effect } from './measure';

const HEADINGS = [
  'Attack',
  'Worst turn ms',
  'of the processor',
  'Worst /healthz ms',
  'Worst call ms',
  'Worst change ms',
  'Memory before, peak, after MB',
  'Log MB',
  'Others failed',
  'Outcome',
];

/** The head of the table. */
export const HEAD = [HEADINGS, HEADINGS.map((_, column) => alignment(column))]
  .map((cells) => row(cells))
  .join('\n');

/** The line of an attack that was measured. */
export function line({ title }: Attack, effect: Effect): string {
  const { memoryBefore, memoryPeak, memoryAfter, failed, answered } = effect;
  return row([
    title,
    effect.worstTurn.toFixed(0),
    effect.worstWork.toFixed(0),
    effect.worstHealth.toFixed(0),
    effect.worstCall.toFixed(0),
    effect.worstChange.toFixed(0),
    [memoryBefore, memoryPeak, memoryAfter].map(megabytes).join(', '),
    (effect.logged / 1e6).toFixed(1),
    `${failed} of ${answered + failed}`,
    effect.outcome,
  ]);
}

/** The line of an attack that ended the server, or the measurement. */
export function failedLine({ title }: Attack, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return row([title, ...HEADINGS.slice(2).map(() => '–'), message]);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

function alignment(column: number): string {
  return column === 0 || column === HEADINGS.length - 1 ? '---' : '---:';
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
