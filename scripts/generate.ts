/**
 * Writes the files that are derived from the contract and committed: the handlers' types and
 * README's tables. With `--check` it writes nothing and fails when one has drifted.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { loadContract } from '../src/contract/contract';
import { renderCoverage, renderSettings, replaceBetweenMarks } from './render-tables';
import { renderTypes } from './render-types';

const ROOT = join(__dirname, '..', '..');
const README = join(ROOT, 'README.md');
const TYPES = join(ROOT, 'src', 'contract', 'types.generated.ts');

async function main(check: boolean): Promise<void> {
  const { newest } = loadContract(join(ROOT, 'wsdl'));
  const tables = { coverage: renderCoverage(newest), settings: renderSettings() };
  const readme = Object.entries(tables).reduce(
    (document, [name, text]) => replaceBetweenMarks(document, name, text),
    readFileSync(README, 'utf8'),
  );
  const outputs = [
    { file: TYPES, text: renderTypes(newest) },
    {
      file: README,
      text: await format(readme, { ...(await resolveConfig(README)), filepath: README }),
    },
  ];
  for (const { file, text } of outputs) {
    if (text === readFileSync(file, 'utf8')) continue;
    if (check) {
      console.error(`${file} has drifted: run npm run generate`);
      process.exitCode = 1;
    } else {
      writeFileSync(file, text);
      console.log(`wrote ${file}`);
    }
  }
}

void main(process.argv.includes('--check'));
