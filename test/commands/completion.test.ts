/** `latchkey completion`: bash's offers with the script, and every command in the others. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from '../../src/commands/program';
import { isInstalled, testWith } from '../clients/scenario';
import { runLatchkey } from '../harness/run-latchkey';

let folder: string;
const scripts: Record<string, string> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = await runLatchkey('none.db', 'completion', shell);
    expect(code).toBe(0);
    scripts[shell] = stdout;
  }
  for (const [shell, script] of Object.entries(scripts)) writeFileSync(join(folder, shell), script);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** bash's offers for the last word. */
function offered(...words: string[]): string[] {
  const typed = ['latchkey', ...words].map((word) => `'${word}'`).join(' ');
  const script = `source ${join(folder, 'bash')}
    complete -p latchkey >&2
    COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _latchkey; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const printed = execFileSync('bash', ['-c', script], { encoding: 'utf8', stdio: 'pipe' });
  return printed.split('\n').filter((word) => word !== '');
}

test.each([
  [['led'], ['ledger']],
  [
    ['merchant', ''],
    ['add', 'list', 'password', 'set', 'remove', '--help'],
  ],
  [
    ['merchant', 'remove', '--'],
    ['--force', '--export', '--database', '--json', '--help'],
  ],
  [['merchant', 'remove', 'acme', '--f'], ['--force']],
  [
    ['audit', 'export', '--format', ''],
    ['csv', 'json'],
  ],
  [['serve', '--validation', 's'], ['strict']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish', '--help'],
  ],
  // Without a command below it, `proxy` is `proxy run`.
  [
    ['proxy', '--up'],
    ['--upstream', '--upstream-ca', '--upstream-timeout'],
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', ''],
    ['record', 'spy', 'diff'],
  ],
  [['proxy', 'run', '--mode', 'r'], ['record']],
  [['proxy', 'report', '--j'], ['--json']],
  [
    ['replay', 'recorded', '--end'],
    ['--endpoint', '--endpoint-ca'],
  ],
  [['replay', 'recorded', '--ig'], ['--ignore']],
  // Nothing of its own: bash then offers files.
  [['ledger', '--database', ''], []],
])('bash: latchkey %j → %j', (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test('bash: every command and every flag is offered', () => {
  const program = createProgram();
  expect(offered('')).toEqual(expect.arrayContaining(program.commands.map((one) => one.name())));
  for (const command of program.commands) {
    const below = command.commands.map((child) => child.name());
    const flags = command.options.map(({ long }) => long ?? '');
    expect(offered(command.name(), '')).toEqual(expect.arrayContaining([...below, ...flags]));
  }
});

/** zsh's offers for the last word of each line, which zsh itself narrows to what has been typed of it. */
function offeredByZsh(...lines: string[][]): string[][] {
  const asked = lines.map((words) => {
    const typed = ['latchkey', ...words].map((word) => `'${word}'`).join(' ');
    return `words=(${typed}); CURRENT=${words.length + 1}; _latchkey_start; print END`;
  });
  // Outside a line editor compadd fails: it prints what it would be given.
  const script = `autoload -U compinit; compinit -u -D; source ${join(folder, 'zsh')}
    [[ $_comps[latchkey] == _latchkey_start ]] || exit 1
    compadd() { shift; print -rl -- "$@"; }; _files() { print FILES; }
    ${asked.join('\n')}`;
  const printed = execFileSync('zsh', ['-fc', script], { encoding: 'utf8' });
  return printed.split('END\n', lines.length).map((offers) => offers.trim().split('\n'));
}

const testZsh = testWith(isInstalled(['zsh', '--version']), 'zsh');
const testFish = testWith(isInstalled(['fish', '--version']), 'fish');

testZsh('zsh itself: commands, flags, values, files', () => {
  const [first, second, flags, values, files] = offeredByZsh(
    ['led'],
    ['merchant', ''],
    ['merchant', 'remove', '--'],
    ['audit', 'export', '--format', ''],
    ['ledger', '--database', ''],
  );
  expect(first).toContain('ledger');
  expect(second).toEqual(['add', 'list', 'password', 'set', 'remove', '--help']);
  expect(flags).toEqual(['--force', '--export', '--database', '--json', '--help']);
  expect(values).toEqual(['csv', 'json']);
  expect(files).toEqual(['FILES']);
});

/** fish's offers for the end of a line, without their descriptions. */
function offeredByFish(line: string): string[] {
  const script = `source ${join(folder, 'fish')}; complete -C '${line}'`;
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
  const printed = execFileSync('fish', ['-c', script], { encoding: 'utf8', env });
  return printed.split('\n').flatMap((offer) => offer.split('\t')[0] || []);
}

testFish('fish itself: commands, flags, values', () => {
  expect(offeredByFish('latchkey led')).toEqual(['ledger']);
  expect(offeredByFish('latchkey merchant ')).toEqual(['add', 'list', 'password', 'remove', 'set']);
  expect(offeredByFish('latchkey merchant remove --f')).toEqual(['--force']);
  expect(offeredByFish('latchkey audit export --format ')).toEqual(['csv', 'json']);
});

test('zsh and fish: every command and every flag is in the script', () => {
  const visit = (command: ReturnType<typeof createProgram>): string[] =>
    command.commands.flatMap((child) => [
      child.name(),
      ...child.options.map(({ long }) => long ?? ''),
      ...visit(child),
    ]);
  const words = visit(createProgram());
  expect(words.length).toBeGreaterThan(100);
  for (const word of words) {
    expect(scripts.zsh).toContain(word);
    expect(scripts.fish).toContain(word.startsWith('--') ? `-l ${word.slice(2)} ` : word);
  }
});

test('another shell: one line', async () => {
  const { code, stderr } = await runLatchkey('none.db', 'completion', 'csh');
  expect(code).toBe(1);
  expect(stderr).toContain('Allowed choices are bash, zsh, fish.');
});
