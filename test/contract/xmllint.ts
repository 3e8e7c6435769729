/** Holds many documents against a schema in one run of xmllint. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * xmllint's findings about each document; empty: it is valid.
 * @param schema a file
 */
export async function lintAll(schema: string, documents: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-lint-'));
  try {
    const files = documents.map((document, index) => {
      writeFileSync(join(folder, `${index}.xml`), document);
      return `${index}.xml`;
    });
    const findings = files.map(() => '');
    const verdicts = new Set<number>();
    for (const line of await run(schema, files, folder)) {
      const [, index, verdict] = /^(\d+)\.xml( validates$| fails to validate$|:)/.exec(line) ?? [];
      if (index === undefined) continue;
      if (verdict !== ':') verdicts.add(Number(index));
      if (verdict === ' validates') continue;
      findings[Number(index)] = `${findings[Number(index)] ?? ''}${line}\n`;
    }
    // A document of which it says nothing was not looked at.
    if (verdicts.size !== files.length) throw new Error(`xmllint judged ${verdicts.size} files`);
    return findings;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(schema: string, files: readonly string[], folder: string): Promise<string[]> {
  const options = { cwd: folder, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    const args = ['--noout', '--nonet', '--schema', schema, ...files];
    execFile('xmllint', args, options, (_error, _stdout, stderr) => resolve(stderr.split('\n')));
  });
}
