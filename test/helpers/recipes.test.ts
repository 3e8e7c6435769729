/** The recipes for CI in docs/testing.md: their commands run the contract tests of the examples, in a folder such as a runner has. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, testWith } from '../clients/scenario';
import { readPages } from '../docs/pages';
import { CLI } from '../harness/run-latchkey';
import { ROOT } from '../harness/server';
import { startSimulation } from '../simulation/control';

/** Test runners on a busy machine. */
const TIMEOUT = 240_000;

const PYTHON = '/usr/bin/python3';

/** The commands of the recipes, each once. */
const COMMANDS = [
  ...new Set(
    readPages()
      .filter(({ path }) => path === 'docs/testing.md')
      .flatMap(({ text }) => [...text.matchAll(/^```yaml\n(.*?)^```$/gms)])
      .flatMap(([, block = '']) => [
        ...block.matchAll(/^ +(?:- (?!\w+:|\{)|- run: |command: )([a-z].*)$/gm),
      ])
      .map(([, line = '']) => line),
  ),
];

/** Those that bring what is here already, or need what cannot be here. */
const PREPARES = /^(?:npm|pip) install |^apt-get |^mvn /;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-recipe-'));
  cpSync(join(ROOT, 'examples', 'contract-tests'), join(folder, 'tests'), { recursive: true });
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(ROOT, join(folder, 'node_modules', 'latchkey'));
  const script = (path: string, line: string) =>
    writeFileSync(join(folder, path), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 });
  script('node_modules/.bin/latchkey', `'${process.execPath}' '${CLI}'`);
  mkdirSync(join(folder, 'bin'));
  // Debian's, whichever others there are.
  script('bin/pytest', `${PYTHON} -m pytest`);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a line as a runner does, and gives what it prints. */
function runLine(line: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    LATCHKEY_URL: '',
    // What pip would have installed.
    PYTHONPATH: join(folder, 'node_modules', 'latchkey', 'helpers', 'python'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTEST_ADDOPTS: '-p no:cacheprovider -p pytest_latchkey',
    ...more,
  };
  delete env['LATCHKEY_COMMAND'];
  const child = spawn('sh', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const take = (piece: Buffer) => void (printed += piece.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(`${printed}\nexit code ${code}`));
  });
}

const PHPUNIT = 'phpunit --bootstrap node_modules/latchkey/helpers/php/src/Latchkey.php tests';

test('each command of the recipes is run below, or prepares', () => {
  expect(COMMANDS.filter((line) => !PREPARES.test(line)).sort()).toEqual([PHPUNIT, 'pytest']);
  expect(COMMANDS.filter((line) => PREPARES.test(line)).length).toBeGreaterThan(3);
});

testWith(isInstalled(['php', '-m'], 'soap') && isInstalled(['phpunit', '--version']), 'phpunit')(
  'GitLab: phpunit, with a server that it starts',
  async () => {
    expect(await runLine(PHPUNIT)).toMatch(/OK \(4 tests, 9 assertions\)[^]*exit code 0$/);
  },
  TIMEOUT,
);

const testPython = testWith(
  isInstalled([PYTHON, '-c', 'import pytest, zeep']),
  'python3-pytest python3-zeep',
);

testPython(
  'GitHub: pytest, with a server that it starts',
  async () => {
    expect(await runLine('pytest')).toMatch(/ 4 passed[^]*exit code 0$/);
  },
  TIMEOUT,
);

testPython(
  'compose: pytest, with a server that runs elsewhere',
  async () => {
    const { url } = await startSimulation({ real: true });
    expect(await runLine('pytest', { LATCHKEY_URL: url })).toMatch(/ 4 passed[^]*exit code 0$/);
  },
  TIMEOUT,
);
