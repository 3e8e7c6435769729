/** What a proxy has found, as a page in Markdown. */
import { describeDifference } from '../comparison/difference';
import type { Found } from './found';

/** The most places, and calls, that a page shows. */
const MOST = 100;

/** @param origin the upstream server, or the proxy, that the page is about */
export function renderReport(
  { calls, differing, skipped, operations, places, differences }: Found,
  origin: string,
): string {
  const notCompared = Object.entries(skipped).map(([reason, count]) => [reason, String(count)]);
  return [
    `# Differences found by ${origin}`,
    `${calls} calls were compared, ${differing} of them differ.`,
    table(
      ['Operation', 'Calls', 'Differ'],
      operations.map((each) => [each.operation, String(each.calls), String(each.differing)]),
    ),
    section('Places', [
      table(
        ['Operation', 'Where', 'Kind', 'Calls', 'Expected', 'Here'],
        places
          .slice(0, MOST)
          .map(({ operation, path, kind, count, example: { expected = '', actual = '' } }) => [
            operation,
            path,
            kind,
            String(count),
            expected,
            actual,
          ]),
      ),
    ]),
    section(
      'Calls',
      differences
        .slice(0, MOST)
        .map(({ at, operation, version, soapId, differences: found, more }) => {
          const items = found.map((each) => `- ${text(describeDifference(each))}`);
          const name = `### ${operation} ${version}, ${at}`;
          return [
            name,
            '',
            `soapId ${soapId ?? '-'}`,
            '',
            ...items,
            ...(more ? ['- and more'] : []),
          ].join('\n');
        }),
    ),
    section('Not compared', [table(['Reason', 'Calls'], notCompared)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function section(name: string, parts: readonly string[]): string {
  const shown = parts.filter((part) => part !== '');
  return shown.length === 0 ? '' : [`## ${name}`, ...shown].join('\n\n');
}

function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Nothing of a reply is taken for Markdown's or HTML's own signs. */
function text(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, '\\$&');
}
