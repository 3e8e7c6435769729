/** The contract tests among the examples: each passes, and fails where the server behaves otherwise. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, run, testWith } from '../clients/scenario';
import { CLI } from '../harness/run-latchkey';
import { ROOT } from '../harness/server';
import { startSimulation } from '../simulation/control';

/** Generating and compiling takes seconds; on a busy machine, many. */
const TIMEOUT = 240_000;

const PYTHON = '/usr/bin/python3';
const SERVER = { LATCHKEY_URL: '', LATCHKEY_COMMAND: `'${process.execPath}' '${CLI}'` };

/** Runs an example from the project's folder, as it says. */
const inProject = async (
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) => (await run(command, args, environment, ROOT)).join('\n');

testWith(isInstalled([PYTHON, '-c', 'import pytest, zeep']), 'python3-pytest python3-zeep')(
  'pytest, zeep',
  async () => {
    const environment = { ...SERVER, PYTHONPATH: 'helpers/python', PYTHONDONTWRITEBYTECODE: '1' };
    const options = ['-p', 'no:cacheprovider', '-p', 'pytest_latchkey'];
    const args = ['-m', 'pytest', ...options, 'examples/contract-tests/test_access.py'];
    expect(await inProject(PYTHON, args, environment)).toMatch(/ 4 passed/);
  },
  TIMEOUT,
);

testWith(isInstalled(['php', '-m'], 'soap') && isInstalled(['phpunit', '--version']), 'phpunit')(
  "PHPUnit, PHP's SoapClient",
  async () => {
    const bootstrap = ['--bootstrap', 'helpers/php/src/Latchkey.php', '--do-not-cache-result'];
    const args = [...bootstrap, 'examples/contract-tests/AccessTest.php'];
    expect(await inProject('phpunit', args, SERVER)).toContain('OK (4 tests, 9 assertions)');
  },
  TIMEOUT,
);

const JAVA = [
  'default-jdk-headless jaxws libjaxws-java junit5 libjackson2-databind-java',
  ['jaxws-rt', 'junit-jupiter-api', 'jackson-databind'].map(
    (name) => `/usr/share/java/${name}.jar`,
  ),
] as const;

testWith(isInstalled(['javac', '-version']) && isInstalled(['ls', ...JAVA[1]]), JAVA[0])(
  'JUnit 5, JAX-WS',
  async () => {
    const generated = mkdtempSync(join(tmpdir(), 'latchkey-contract-'));
    const { url } = await startSimulation({ real: true });
    try {
      const args = ['examples/contract-tests/build-and-run.sh', generated, url];
      expect(await inProject('sh', args, {})).toMatch(/\[ +4 tests successful +\]/);
    } finally {
      rmSync(generated, { recursive: true });
    }
  },
  TIMEOUT,
);

test(
  "Node's test runner, soap",
  async () => {
    const args = ['--test', '--test-reporter', 'tap', 'examples/contract-tests/access.test.mjs'];
    expect(await inProject(process.execPath, args, {})).toMatch(/^# pass 4\n# fail 0$/m);
  },
  TIMEOUT,
);
