/** Every flag of every command reaches its command, and a command loads only what it needs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, runLatchkey } from '../harness/run-latchkey';
import { ROOT } from '../harness/server';

/** Runs in the built program: parses each flag of each command alone, and prints what arrived. */
const SWEEP = `
const { createProgram } = require(${JSON.stringify(join(ROOT, 'dist/src/commands/program.js'))});
const leavesOf = (command, path) =>
  command.commands.length === 0
    ? [path]
    : command.commands.flatMap((child) => leavesOf(child, [...path, child.name()]));
const find = (program, path) =>
  path.reduce((command, name) => command.commands.find((child) => child.name() === name), program);
(async () => {
  const results = [];
  const program = createProgram();
  for (const path of leavesOf(program, [])) {
    const { options, registeredArguments } = find(program, path);
    const values = ({ argChoices }) => (argChoices ? argChoices[0] : '7');
    const args = registeredArguments.filter(({ required }) => required).map(values);
    const needed = options.filter(({ mandatory }) => mandatory);
    for (const option of options) {
      const tree = createProgram();
      const command = find(tree, path).exitOverride();
      let ran = false;
      command.action(() => (ran = true));
      const given = [...needed.filter((other) => other !== option && other.long !== option.long), option];
      const flags = given.flatMap((one) => one.required ? [one.long, values(one)] : [one.long]);
      await tree.parseAsync([...path, ...args, ...flags], { from: 'user' });
      const name = option.attributeName();
      results.push({
        flag: [...path, option.long].join(' '),
        ran,
        source: command.getOptionValueSource(name),
        value: String(command.opts()[name]),
        wanted: option.required ? values(option) : String(option.presetArg ?? !option.negate),
        elsewhere: Object.keys(tree.opts()),
      });
    }
  }
  console.log(JSON.stringify(results));
})();
`;

interface Swept {
  readonly flag: string;
  readonly ran: boolean;
  readonly source: string;
  readonly value: string;
  readonly wanted: string;
  readonly elsewhere: readonly string[];
}

test('each flag of each command arrives there, and nowhere else', () => {
  const swept = JSON.parse(
    execFileSync(process.execPath, ['-e', SWEEP], { encoding: 'utf8' }),
  ) as Swept[];
  expect(swept.length).toBeGreaterThan(90);
  expect(swept.map(({ flag }) => flag)).toContain('call --version');
  const swallowed = swept.filter(
    ({ ran, source, value, wanted, elsewhere }) =>
      !ran || source !== 'cli' || value !== wanted || elsewhere.length > 0,
  );
  expect(swallowed).toEqual([]);
});

test('--version is the program’s where it stands alone, and no command’s but call’s', async () => {
  const version = await runLatchkey('none.db', '--version');
  expect(version.code).toBe(0);
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const unknown = await runLatchkey('none.db', 'ledger', '--version');
  expect(unknown).toMatchObject({
    code: 1,
    stderr: "latchkey: unknown option '--version'\n",
  });
});

test.each([
  [['merchant', 'add', 'a\x0bb'], 'argument 3: character 2 is U+000B, which XML 1.0 lacks'],
  [['key', 'list', '--merchant', '\x1f'], '--merchant: character 1 is U+001F, which XML 1.0 lacks'],
  [['ledger', '--account=x\x7fy\x01'], '--account: character 4 is U+0001, which XML 1.0 lacks'],
])('text that no reply could give out again: %j', async (args, problem) => {
  expect(await runLatchkey('none.db', ...args)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `latchkey: ${problem}\n`,
  });
});

describe('what is loaded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const hook = join(folder, 'hook.js');
  writeFileSync(
    hook,
    "process.on('exit', () => process.stderr.write('\\n' + JSON.stringify(Object.keys(require.cache))));",
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The packages and the rooms of src that a run loaded. */
  function loadedBy(...args: string[]): string[] {
    const { stderr } = spawnSync(process.execPath, ['-r', hook, CLI, ...args], {
      encoding: 'utf8',
      input: '',
    });
    const files = JSON.parse(stderr.slice(stderr.lastIndexOf('\n') + 1)) as string[];
    const named = files.map((file) => {
      const [, name] =
        /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? /\/dist\/(src\/[^/]+)/.exec(file) ?? [];
      return name ?? file;
    });
    return [...new Set(named)];
  }

  const HEAVY = [
    'express',
    'zod',
    'better-sqlite3',
    'soap',
    'luxon',
    'pino',
    'src/contract',
    'src/store',
  ];

  test.each([
    ['--help'],
    ['--version'],
    ['serve', '--help'],
    ['completion', 'bash'],
    ['ledger', '--nonsense'],
  ])('%s %s: the tree of commands alone', (...args) => {
    const loaded = loadedBy(...args);
    expect(loaded).toContain('commander');
    expect(loaded.filter((name) => HEAVY.includes(name))).toEqual([]);
  });

  test('validate: the contract, but no server and no database', () => {
    const loaded = loadedBy('validate', '-');
    expect(loaded).toContain('src/contract');
    const idle = ['express', 'zod', 'better-sqlite3', 'soap', 'pino', 'src/store', 'src/api'];
    expect(loaded.filter((name) => idle.includes(name))).toEqual([]);
  });

  test('call: the SOAP client, but no server and no database', () => {
    const loaded = loadedBy('call', 'isEntitled', '--endpoint', 'http://127.0.0.1:1');
    expect(loaded).toContain('soap');
    const idle = ['express', 'zod', 'better-sqlite3', 'pino', 'src/store', 'src/api'];
    expect(loaded.filter((name) => idle.includes(name))).toEqual([]);
  });

  test('account list: the database, but no server', () => {
    const database = join(folder, 'test.db');
    spawnSync(process.execPath, [CLI, 'merchant', 'add', 'acme', '--database', database]);
    const loaded = loadedBy('account', 'list', '--database', database);
    expect(loaded).toContain('better-sqlite3');
    expect(loaded.filter((name) => ['express', 'soap', 'pino'].includes(name))).toEqual([]);
  });
});
