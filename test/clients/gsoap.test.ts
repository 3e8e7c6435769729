/** gSOAP (C++), in its strict mode. */
import { testCompiled } from './compiled';

testCompiled({
  name: 'gSOAP',
  folder: 'gsoap',
  packages: {
    'g++': ['sh', '-c', 'command -v c++'],
    gsoap: ['sh', '-c', 'command -v wsdl2h'],
    'libgsoap-dev': ['test', '-e', '/usr/include/stdsoap2.h'],
  },
});
