/** gSOAP (C++), in its strict mode: it refuses a reply that its schema does not allow. */
import { testCompiled } from './compiled';

testCompiled({
  name: 'gSOAP',
  folder: 'gsoap',
  versions: ['22.0', '20.0', '8.0'],
  packages: {
    'g++': ['sh', '-c', 'command -v c++'],
    gsoap: ['sh', '-c', 'command -v wsdl2h'],
    'libgsoap-dev': ['test', '-e', '/usr/include/stdsoap2.h'],
  },
});
