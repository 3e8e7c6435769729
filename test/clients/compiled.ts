/**
 * The scenario for stacks that generate stubs from the WSDL and compile them: each has a folder
 * under examples/ with a program and a `build-and-run.sh`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerRow } from '../../src/store/store';
import {
  EXAMPLES,
  EXPECTED,
  expectValid,
  isInstalled,
  run,
  startDemoServer,
  testClient,
} from './scenario';
import { collect } from '../harness/collect';

export interface CompiledStack {
  /** For the test's title. */
  readonly name: string;
  /** Its folder under examples/. */
  readonly folder: string;
  /** The API versions whose WSDL it is built from. */
  readonly versions: readonly string[];
  /** The Debian packages it needs, each with a command that succeeds where it is installed. */
  readonly packages: Readonly<Record<string, readonly [string, ...string[]]>>;
}

/** Generating and compiling takes seconds; on a busy machine, many. */
const TIMEOUT = 240_000;

/** A locale and a time zone that have nothing in common with what the program is to print. */
const SURROUNDINGS = { LC_ALL: 'C', TZ: 'Asia/Kolkata' };

/**
 * Declares the tests of a stack, one a version: builds its example against a server, runs it, checks
 * what it did. Building takes seconds, so a stack is not built for every version, but all of them
 * together are for every contract family.
 */
export function testCompiled({ name, folder, versions, packages }: CompiledStack): void {
  const missing = Object.keys(packages).filter((key) => !isInstalled(packages[key] ?? ['false']));
  const testStack = testClient(missing.length === 0, missing.join(' '));
  for (const version of versions) {
    const title = `${name}: stubs from the WSDL of ${version} update, grant, revoke, get a Fault`;
    testStack(title, () => check(folder, version), TIMEOUT);
  }
}

async function check(folder: string, version: string): Promise<void> {
  const generated = mkdtempSync(join(tmpdir(), 'latchkey-example-'));
  const server = await startDemoServer();
  try {
    const seeded = (await collect(server.store.listLedger({}))).length;
    const script = join(EXAMPLES, folder, 'build-and-run.sh');
    const printed = await run('sh', [script, generated, server.url], {
      ...SURROUNDINGS,
      LATCHKEY_VERSION: version,
      LATCHKEY_LOGIN: 'demo',
      LATCHKEY_PASSWORD: 'demo',
    });
    expect(printed).toEqual(EXPECTED);

    const [account] = await collect(server.store.listAccounts({ account: 'xyz123' }));
    expect(account?.name).toBe('Zoë Müller & <Söhne>');
    expect((await collect(server.store.listLedger({}))).slice(seeded).map(essence)).toEqual([
      'demo: grant xyz123 news "Größe <L> & "mehr"" (no note)',
      'demo: revoke xyz123 news "Größe <L> & "mehr"" (No more news)',
    ]);
    await expectValid(server, version);
  } finally {
    await server.stop();
    rmSync(generated, { recursive: true });
  }
}

/** The columns of a ledger row that the program decides. */
function essence({ actor, action, merchantAccountId, ...row }: LedgerRow): string {
  const { merchantEntitlementId, after, note } = row;
  return `${actor}: ${action} ${merchantAccountId} ${merchantEntitlementId} "${after.description}" (${note ?? 'no note'})`;
}
