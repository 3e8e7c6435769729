/** promtool is content with the metrics and the alert rules; rules and dashboard ask for metrics that there are. */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled, testWith } from '../clients/scenario';
import { ROOT } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { DEMO, type Measured, seriesOf, startMeasured } from './measured';

const PROMETHEUS = join(ROOT, 'packaging', 'prometheus');
const testPromtool = testWith(isInstalled(['promtool', '--version']), 'prometheus');

/** The names in an expression, or in a legend, that could be those of metrics. */
const NAMES = /\b(?:latchkey|nodejs|process)_[a-z0-9_]+/g;

describe('promtool', () => {
  testPromtool('check metrics: nothing to object to', async () => {
    const server = await startMeasured();
    await callAccount(server.url, 'grantEntitlement', '', DEMO);
    await server.rest('/v1/offers');
    const input = await server.text();
    await server.stop();
    const output = execFileSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    expect(output).toBe('');
  });

  testPromtool(
    'check config and test rules: every alert is raised where it should be',
    async () => {
      const run = promisify(execFile);
      await run('promtool', ['check', 'config', 'prometheus.yml'], { cwd: PROMETHEUS });
      await run('promtool', ['test', 'rules', 'latchkey.test.yml'], { cwd: PROMETHEUS });
    },
  );
});

describe('the names of metrics', () => {
  let known: ReadonlySet<string>;
  let server: Measured;

  beforeAll(async () => {
    server = await startMeasured();
    const text = await server.text();
    // In memory there is no write-ahead log; before a collection of garbage and a call some have no series.
    const described = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    known = new Set(
      described.flatMap(([, name = '', type]) =>
        type === 'histogram'
          ? ['bucket', 'sum', 'count'].map((end) => `${name}_${end}`)
          : [name, ...[...seriesOf(text).keys()].map((key) => key.split('{')[0] ?? '')],
      ),
    );
  });

  afterAll(() => server.stop());

  const unknownIn = (file: string) => {
    const text = readFileSync(join(ROOT, 'packaging', file), 'utf8');
    const names = [...text.matchAll(NAMES)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(10);
    return names.filter((name) => !known.has(name));
  };

  test.each([
    'grafana/latchkey.json',
    'prometheus/latchkey.rules.yml',
    'prometheus/latchkey.test.yml',
  ])('%s: all exist', (file) => {
    expect(unknownIn(file)).toEqual([]);
  });

  test('every metric of ours is on the dashboard and on its page', () => {
    const own = [...known].filter((name) => name.startsWith('latchkey_'));
    expect(own.length).toBeGreaterThan(12);
    const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
    const texts = [read('packaging/grafana/latchkey.json'), read('docs/metrics.md')];
    const bare = (name: string) => name.replace(/_(?:bucket|sum|count)$/, '');
    for (const text of texts) {
      expect(own.filter((name) => !text.includes(bare(name)))).toEqual([]);
    }
  });

  test('every alert has a series that raises it and one that does not', () => {
    const read = (name: string) => readFileSync(join(PROMETHEUS, name), 'utf8');
    const alerts = [...read('latchkey.rules.yml').matchAll(/- alert: (\w+)/g)].map(
      ([, name]) => name,
    );
    const tried = [...read('latchkey.test.yml').matchAll(/- name: (.+)/g)].map(([, name]) => name);
    expect(alerts.flatMap((name) => [`${name} raised`, `${name} quiet`])).toEqual(tried);
  });
});
