/** docs/support.md shows what its commands print, on a server with the demo data and a clock that is set. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demo } from '../../src/demo';
import { runLatchkeyWith } from '../harness/run-latchkey';
import { ROOT, startTestServer, type TestServer } from '../harness/server';

const PAGE = join(ROOT, 'docs', 'support.md');
const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
const NOW = Date.parse('2026-01-31T23:00:00.500Z');

/** Commands, and what they print. */
const BLOCKS = /^```sh\n(.*?)^```\n\n```\n(.*?)^```$/gms;
const WORD = /[^\s"]+"[^"]*"|\S+/g;

let folder: string;
let server: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const database = join(folder, 'test.db');
  server = await startTestServer({ merchants: [DEMO], now: NOW, database });
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** @param line `latchkey why …` */
async function run(line: string): Promise<string> {
  const [, ...words] = (line.match(WORD) ?? []).map((word) => word.replaceAll('"', ''));
  const environment = { LATCHKEY_PORT: new URL(server.url).port };
  const circumstances = { database: join(folder, 'test.db'), environment };
  const { stdout, stderr } = await runLatchkeyWith(circumstances, ...words);
  // The commands' own clock is the machine's.
  const set = `${stdout}${stderr}`.replace(
    /^(Account .* at )\S+:/gm,
    '$12026-01-31T23:05:00+00:00:',
  );
  return set.replaceAll('\t', '  ');
}

test('each block is what the commands before it print', async () => {
  let text = readFileSync(PAGE, 'utf8');
  const blocks = [...text.matchAll(BLOCKS)];
  expect(blocks).toHaveLength(4);
  for (const [block, commands = '', shown = ''] of blocks) {
    let printed = '';
    for (const line of commands.trim().split('\n')) printed += await run(line);
    const changed = block.replace(`\`\`\`\n${shown}\`\`\``, () => `\`\`\`\n${printed}\`\`\``);
    text = text.replace(block, () => changed);
  }
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, 'utf8')).toBe(text);
});
