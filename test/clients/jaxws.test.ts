/** JAX-WS RI: a proxy that wsimport generates. */
import { testCompiled } from './compiled';

testCompiled({
  name: 'JAX-WS',
  folder: 'java-jaxws',
  versions: ['22.0', '12.0'],
  packages: {
    'default-jdk-headless': ['sh', '-c', 'command -v javac'],
    jaxws: ['sh', '-c', 'command -v wsimport'],
    'libjaxws-java': ['test', '-e', '/usr/share/java/jaxws-rt.jar'],
  },
});
