/** A server without --simulate: nothing of a simulation is loaded, and nothing is under /_latchkey. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../harness/server';

/** Starts a server, has it answer by SOAP, REST and under /_latchkey, and prints what was loaded. */
const program = (simulate: string) => `
  const { embed } = require(${JSON.stringify(join(ROOT, 'dist', 'src', 'embed'))});
  (async () => {
    const settings = { port: 0, database: ':memory:', logLevel: 'silent', simulate: '${simulate}' };
    const { url, stop } = await embed({ ...settings, demo: true });
    const early = Object.keys(require.cache).filter((file) => /node_modules.(zod|express|pg)\\b/.test(file));
    const soap = await fetch(url + '/soap.pl', { method: 'POST', body: 'no XML' });
    const rest = await fetch(url + '/v1/offers', { headers: { 'X-API-KEY': 'lk_demo' } });
    const control = await fetch(url + '/_latchkey/clock', { method: 'PUT', body: '{}' });
    await stop();
    const loaded = Object.keys(require.cache).filter((file) => /src.simulation/.test(file));
    const statuses = [soap, rest, control].map(({ status }) => status);
    console.log(JSON.stringify({ statuses, loaded: loaded.length, early }));
  })();
`;

async function run(simulate: string) {
  const args = ['-e', program(simulate)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as {
    readonly statuses: number[];
    readonly loaded: number;
    readonly early: string[];
  };
}

test('without --simulate not one module', async () => {
  expect(await run('off')).toEqual({ statuses: [500, 200, 404], loaded: 0, early: [] });
});

test('with it they are there; what REST needs alone is not waited for by the start', async () => {
  const { statuses, loaded, early } = await run('on');
  expect(early).toEqual([]);
  expect(statuses).toEqual([500, 200, 400]);
  expect(loaded).toBeGreaterThan(20);
});
