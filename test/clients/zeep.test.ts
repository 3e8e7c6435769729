/** Python's zeep, the strictest reader of replies, with its settings as they come. */
import { isInstalled } from './scenario';
import { testStack } from './stack';

// The system's Python: that is where Debian's packages are.
const PYTHON = '/usr/bin/python3';

testStack({
  name: 'Python, zeep',
  command: PYTHON,
  program: 'python-zeep/scenario.py',
  installed: isInstalled([PYTHON, '-c', 'import zeep']),
  packages: 'python3-zeep',
});
