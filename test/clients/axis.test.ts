/** Axis 1.4: a stub that WSDL2Java generates. */
import { testCompiled } from './compiled';

testCompiled({
  name: 'Axis',
  folder: 'java-axis',
  packages: {
    'default-jdk-headless': ['sh', '-c', 'command -v javac'],
    'libaxis-java': ['test', '-e', '/usr/share/java/axis.jar'],
  },
});
