/** Axis 1.4: a stub that WSDL2Java generates. It refuses a reply with anything that its WSDL lacks. */
import { testCompiled } from './compiled';

testCompiled({
  name: 'Axis',
  folder: 'java-axis',
  versions: ['22.0', '13.0', '5.0'],
  packages: {
    'default-jdk-headless': ['sh', '-c', 'command -v javac'],
    'libaxis-java': ['test', '-e', '/usr/share/java/axis.jar'],
  },
});
