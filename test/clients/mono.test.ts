/** A classic .NET proxy, as the wsdl tool of Mono generates it. */
import { testCompiled } from './compiled';

testCompiled({
  name: '.NET proxy (Mono)',
  folder: 'dotnet-mono',
  versions: ['22.0', '4.3'],
  packages: {
    'mono-mcs': ['sh', '-c', 'command -v mcs'],
    'mono-devel': ['sh', '-c', 'command -v wsdl'],
  },
});
