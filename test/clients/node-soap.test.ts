/** Node's soap, as a program of its own. */
import { isInstalled } from './scenario';
import { testStack } from './stack';

testStack({
  name: 'Node, soap',
  command: process.execPath,
  program: 'node-soap/scenario.js',
  installed: isInstalled([process.execPath, '-e', "require('soap')"]),
  packages: 'npm package soap',
});
