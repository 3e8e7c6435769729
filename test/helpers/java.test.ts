/** The extension of JUnit 5, compiled for Java 11. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, run } from '../clients/scenario';
import { ROOT } from '../harness/server';
import { testHelper } from './helper';

const JARS = [
  ...['junit-jupiter-api', 'junit-jupiter-engine'],
  ...['junit-platform-commons', 'junit-platform-engine', 'junit-platform-launcher'],
  ...['junit-platform-console', 'junit-platform-reporting'],
  ...['opentest4j', 'opentest4j-reporting-events', 'apiguardian-api', 'picocli'],
  ...['jackson-core', 'jackson-databind', 'jackson-annotations'],
].map((name) => `/usr/share/java/${name}.jar`);
const CLASSES = { suite: 'LatchkeyTest', failing: 'Failing', killed: 'Killed' };
const HELPER = join(ROOT, 'helpers', 'java');

const classes = mkdtempSync(join(tmpdir(), 'latchkey-junit-'));
const path = [...JARS, classes].join(':');
afterAll(() => rmSync(classes, { recursive: true }));

testHelper({
  name: 'java',
  installed: isInstalled(['javac', '-version']) && isInstalled(['ls', ...JARS]),
  packages: 'default-jdk-headless junit5 libjackson2-databind-java',
  prepare: async () => {
    const tests = readdirSync(join(HELPER, 'tests')).map((file) => join('tests', file));
    const options = [
      '-Xlint:all,-path,-serial',
      '-Werror',
      '-encoding',
      'UTF-8',
      '--release',
      '11',
    ];
    const sources = ['src/latchkey/Latchkey.java', ...tests];
    await run('javac', [...options, '-cp', path, '-d', classes, ...sources], {}, HELPER);
  },
  command: (part) => [
    ...(['java', '-cp', path, 'org.junit.platform.console.ConsoleLauncher'] as const),
    ...['--disable-banner', '--disable-ansi-colors', '--select-class', CLASSES[part]],
  ],
  passed: /\[ +8 tests successful +\]\n\[ +0 tests failed +\]/,
  failed: /\[ +1 tests successful +\]\n\[ +1 tests failed +\]/,
});
