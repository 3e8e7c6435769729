/** Without the setting and without a tracer nothing of metrics and traces is loaded. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../harness/server';

const program = (metrics: string) => `
  const { startServer } = require(${JSON.stringify(join(ROOT, 'dist', 'src', 'index'))});
  (async () => {
    const settings = { port: 0, database: ':memory:', logLevel: 'silent', metrics: '${metrics}' };
    const { url, stop } = await startServer({ ...settings, demo: true });
    const reply = await fetch(url + '/v1/offers', { headers: { 'X-API-KEY': 'lk_demo' } });
    await stop();
    const has = (part) => Object.keys(require.cache).some((file) => file.includes(part));
    const parts = ['/prom-client/', '/@opentelemetry/', '/src/metrics/calls', '/src/metrics/traces'];
    console.log(JSON.stringify([reply.status, ...parts.map(has)]));
  })();
`;

test.each([
  ['off', [200, false, false, false, false]],
  // prom-client has the API for its own purposes.
  ['127.0.0.1:0', [200, true, true, true, false]],
])('%s', async (metrics, expected) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program(metrics)]);
  expect(JSON.parse(stdout)).toEqual(expected);
});
