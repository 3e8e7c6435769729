/** Node's strong-soap, which indents its requests. */
import { isInstalled } from './scenario';
import { testStack } from './stack';

testStack({
  name: 'Node, strong-soap',
  command: process.execPath,
  program: 'strong-soap/scenario.js',
  installed: isInstalled([process.execPath, '-e', "require('strong-soap')"]),
  packages: 'npm package strong-soap',
});
