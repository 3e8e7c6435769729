/**
 * Writes the files that are derived from the contract and committed: the handlers' types and
 * README's coverage table. With `--check` it writes nothing and fails when one has drifted.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../src/contract/contract';
import { renderCoverage, renderSettings, replaceBetweenMarks } from './render-tables';
import { renderTypes } from './render-types';

const ROOT = join(__dirname, '..', '..');

const contract = loadContract(join(ROOT, 'wsdl'));
const tables = { coverage: renderCoverage(contract.newest), settings: renderSettings() };
const outputs = [
  { file: 'src/contract/types.generated.ts', text: renderTypes(contract.newest) },
  {
    file: 'README.md',
    text: Object.entries(tables).reduce(
      (document, [name, text]) => replaceBetweenMarks(document, name, text),
      read('README.md') ?? '',
    ),
  },
];

const drifted = outputs.filter(({ file, text }) => text !== read(file));
if (process.argv.includes('--check')) {
  for (const { file } of drifted) console.error(`${file} has drifted: run npm run generate`);
  process.exitCode = drifted.length > 0 ? 1 : 0;
} else {
  for (const { file, text } of drifted) {
    writeFileSync(join(ROOT, file), text);
    console.log(`wrote ${file}`);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}
