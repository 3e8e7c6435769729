/** The plugin of pytest, installed as pip installs it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, run } from '../clients/scenario';
import { ROOT } from '../harness/server';
import { testHelper } from './helper';

// The system's Python: that is where Debian's packages are.
const PYTHON = '/usr/bin/python3';
const MODULES = ['setuptools', 'wheel', 'pip', 'pytest'];
const FILES = { suite: 'tests', failing: 'tests/failing.py', killed: 'tests/killed.py' };

const folder = mkdtempSync(join(tmpdir(), 'latchkey-pytest-'));
const site = join(folder, 'site');
afterAll(() => rmSync(folder, { recursive: true }));

testHelper({
  name: 'python',
  installed: isInstalled([PYTHON, '-c', `import ${MODULES.join(', ')}`]),
  packages: MODULES.map((module) => `python3-${module}`).join(' '),
  prepare: async () => {
    // pip writes into the folder that it builds from.
    const source = join(folder, 'source');
    cpSync(join(ROOT, 'helpers', 'python'), source, { recursive: true });
    const options = ['--no-index', '--no-deps', '--no-build-isolation', '--target', site];
    await run(PYTHON, ['-m', 'pip', 'install', '--quiet', ...options, source], {});
  },
  // Uncaptured: a server that pytest starts has the error output of the run, so that its end is seen.
  command: (part) => [PYTHON, '-m', 'pytest', '-s', '-p', 'no:cacheprovider', FILES[part]],
  environment: () => ({ PYTHONPATH: site, PYTHONDONTWRITEBYTECODE: '1' }),
  // Without zeep one is skipped; warnings of zeep's own are counted beside them.
  passed: /=+ (?:10 passed|9 passed, 1 skipped)[^\n]* in /,
  failed: /=+ 2 failed, 1 passed[^\n]* in /,
});
