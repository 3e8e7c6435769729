/** The trait for PHPUnit. */
import { isInstalled } from '../clients/scenario';
import { testHelper } from './helper';

const FILES = { suite: 'tests', failing: 'tests/Failing.php', killed: 'tests/Killed.php' };

testHelper({
  name: 'php',
  installed: isInstalled(['php', '-m'], 'soap') && isInstalled(['phpunit', '--version']),
  packages: 'phpunit php-soap',
  command: (part) => [
    'phpunit',
    '--do-not-cache-result',
    '--bootstrap',
    'tests/soap.php',
    FILES[part],
  ],
  passed: /OK \(9 tests, \d+ assertions\)/,
  failed: /Tests: 3, Assertions: 2, Failures: 1, Skipped: 1\./,
});
