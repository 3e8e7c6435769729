/** The figures that one looks at first. */
import type { Answer } from '../api/request';

type Overview = Answer<'getOverview'>;

/** Bytes with a unit that fits. */
export function writeBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: power === 0 ? 0 : 1 })} ${units[power] ?? ''}`;
}

/** A count, and whether there are more. */
function writeCount(count: number, isCut: boolean): string {
  return `${count.toLocaleString()}${isCut ? '+' : ''}`;
}

function sumOf(series: readonly { readonly counts: readonly number[] }[]): number {
  return series.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
}

export function Figures({ overview }: { readonly overview: Overview }) {
  const { calls, active, changes, inGrace, databaseBytes, walBytes = 0, changesCut } = overview;
  const refused = calls.filter(({ code }) => !code.startsWith('2'));
  const figures = [
    ['Active entitlements', writeCount(active.now, active.isCut)],
    ['Calls', writeCount(sumOf(calls), false)],
    ['Calls refused', writeCount(sumOf(refused), false)],
    ['Changes', writeCount(sumOf(changes), changesCut)],
    ['AutoBills in grace', writeCount(inGrace.autoBills, inGrace.isCut)],
    ['Orders with failed payments', writeCount(inGrace.orders, inGrace.isCut)],
    ['Database', writeBytes(databaseBytes + walBytes)],
  ] as const;
  return (
    <dl class="figures">
      {figures.map(([title, value]) => (
        <div key={title} class="panel">
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
