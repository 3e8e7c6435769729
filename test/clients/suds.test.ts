/** Python's suds, which refuses a reply with an element that the WSDL lacks. */
import { isInstalled } from './scenario';
import { testStack } from './stack';

// The system's Python: that is where Debian's packages are.
const PYTHON = '/usr/bin/python3';

testStack({
  name: 'Python, suds',
  command: PYTHON,
  program: 'python-suds/scenario.py',
  installed: isInstalled([PYTHON, '-c', 'import suds']),
  packages: 'python3-suds',
});
