/**
 * Writes the files that are derived from the contract, the settings, the import rules, the schemas of calls and of the
 * feed, and committed: the handlers' types, those of the front end's calls, docs/asyncapi.json, parts of other pages and
 * of the lock file. With `--check` it writes nothing and fails when one has drifted.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { OPERATIONS } from '../src/cashbox/operations';
import { ROUTES } from '../src/api/routes';
import { ABOUT } from '../src/api/surface';
import { loadContract } from '../src/contract/contract';
import { CONSOLE_ROUTES } from '../src/console/routes';
import { CONSOLE_ABOUT } from '../src/console/surface';
import { createAsyncApi } from '../src/feed/asyncapi';
import { createOpenApi } from '../src/rest/openapi';
import { CONTROL_ROUTES } from '../src/simulation/routes';
import { CONTROL_ABOUT } from '../src/simulation/surface';
import { renderLockFile } from './lock-file';
import { renderClient } from './render-client';
import { renderCoverage, renderVersions } from './render-coverage';
import { renderImports, renderPicture } from './render-picture';
import { renderSettings, replaceBetweenMarks } from './render-tables';
import { renderTypes } from './render-types';

const ROOT = join(__dirname, '..', '..');
const LOCK_FILE = join(ROOT, 'package-lock.json');
const TYPES = join(ROOT, 'src', 'contract', 'types.generated.ts');

/** A file and the text that it is to have. */
interface Output {
  readonly file: string;
  readonly text: string;
}

async function main(check: boolean): Promise<void> {
  const contract = loadContract(join(ROOT, 'wsdl'));
  const outputs = [
    { file: TYPES, text: renderTypes(contract.newest, Object.keys(OPERATIONS)) },
    await page('compatibility.md', {
      versions: renderVersions(contract),
      coverage: renderCoverage(contract),
    }),
    await page('settings.md', { settings: renderSettings() }),
    await page('architecture.md', { picture: renderPicture(), imports: renderImports() }),
    await json('asyncapi.json', createAsyncApi(ABOUT)),
    client('v1', '/v1', createOpenApi(ROUTES, ABOUT)),
    client('console', '/console/api', createOpenApi(CONSOLE_ROUTES, CONSOLE_ABOUT)),
    client('control', 'a simulation', createOpenApi(CONTROL_ROUTES, CONTROL_ABOUT)),
    { file: LOCK_FILE, text: renderLockFile(readFileSync(LOCK_FILE, 'utf8')) },
  ];
  for (const { file, text } of outputs) {
    if (existsSync(file) && text === readFileSync(file, 'utf8')) continue;
    if (check) {
      console.error(`${file} has drifted: run npm run generate`);
      process.exitCode = 1;
    } else {
      writeFileSync(file, text);
      console.log(`wrote ${file}`);
    }
  }
}

/** The types of the calls that the console's front end sends. @param source of the document, in words */
function client(name: string, source: string, document: object): Output {
  const file = join(ROOT, 'web', 'api', `${name}.generated.ts`);
  return { file, text: renderClient(source, document) };
}

/** A page of docs/ with its generated parts, by the name of their marks. */
async function page(name: string, parts: Readonly<Record<string, string>>): Promise<Output> {
  const file = join(ROOT, 'docs', name);
  const filled = Object.entries(parts).reduce(
    (document, [mark, text]) => replaceBetweenMarks(document, mark, text),
    readFileSync(file, 'utf8'),
  );
  const text = await format(filled, { ...(await resolveConfig(file)), filepath: file });
  return { file, text };
}

/** A document of docs/. */
async function json(name: string, document: object): Promise<Output> {
  const file = join(ROOT, 'docs', name);
  const options = { ...(await resolveConfig(file)), filepath: file };
  return { file, text: await format(JSON.stringify(document), options) };
}

void main(process.argv.includes('--check'));
