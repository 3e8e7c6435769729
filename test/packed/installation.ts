/** The package, packed and installed into an empty folder as its users do it. */
import { execFile, execFileSync, type ExecFileOptions } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../harness/server';

const PACKED = [
  'package.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'src',
  'web',
  'wsdl',
  'fixtures',
  'helpers',
];

/** As the tests' own Node.js, whatever the machine has. */
export const ENVIRONMENT = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  NPM_CONFIG_PREFER_OFFLINE: 'true',
};

/** Runs a program in a folder and gives its output. Rejects with that when it fails. */
export async function run(
  folder: string,
  command: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  const where = { cwd: folder, env: ENVIRONMENT, maxBuffer: 2 ** 24 };
  try {
    const ran = promisify(execFile)(command, args, { ...where, ...options, encoding: 'utf8' });
    return (await ran).stdout;
  } catch (error) {
    // Its message has what went to the standard error alone.
    const { message, stdout } = error as Error & { stdout?: string };
    throw new Error([message, stdout].join('\n'), { cause: error });
  }
}

/** An empty folder with a package.json: npm would otherwise look for one in the folders above. */
export function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `latchkey-${name}-`));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  return folder;
}

/**
 * Packs the working tree. A copy of it is packed, since packing builds everything anew and other
 * tests run what is built.
 * @returns the file that npm would publish
 */
export async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'tree');
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...PACKED];
  const files = execFileSync('git', listed, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 24 });
  for (const file of files.split('\0').filter((name) => name !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const printed = await run(copy, 'npm', ['pack', '--json', '--pack-destination', folder]);
  const [, filename = ''] = /"filename": "([^"]+)"/.exec(printed) ?? [];
  return join(folder, filename);
}
