/** The tests of one client stack: its program's output, and the ledger afterwards. */
import { EXPECTED, expectValid, run, startDemoServer, testClient, VERSIONS } from './scenario';
import { collect } from '../harness/collect';

export interface Stack {
  /** The name in the title, e.g. `Python, zeep`. */
  readonly name: string;
  readonly command: string;
  /** The program, seen from `examples/`. */
  readonly program: string;
  readonly installed: boolean;
  /** Where the stack comes from, for the title of a skipped test. */
  readonly packages: string;
}

const NEWS = { merchantAccountId: 'xyz123', merchantEntitlementId: 'news', actor: 'demo' };

/** Defines the tests: one for each of VERSIONS. */
export function testStack(stack: Stack): void {
  for (const version of VERSIONS) {
    const title = `${stack.name}: ${stack.program} at ${version} → as expected`;
    testClient(stack.installed, stack.packages)(title, () => check(stack, version));
  }
}

async function check({ command, program }: Stack, version: string): Promise<void> {
  const server = await startDemoServer();
  try {
    const seeded = (await collect(server.store.listLedger({}))).length;
    const lines = await run(command, [program], {
      LATCHKEY_URL: server.url,
      LATCHKEY_VERSION: version,
      LATCHKEY_LOGIN: 'demo',
      LATCHKEY_PASSWORD: 'demo',
    });
    expect(lines).toEqual(EXPECTED);
    const [grant, revoke, ...more] = (await collect(server.store.listLedger({}))).slice(seeded);
    expect(more).toEqual([]);
    expect(grant).toMatchObject({ ...NEWS, action: 'grant', before: undefined });
    expect(grant?.after.description).toBe('Größe <L> & "mehr"');
    // The program's end came through: its programming language's own dateTime was understood.
    expect(grant?.after.end).toBeGreaterThan(grant?.at ?? NaN);
    expect(revoke).toMatchObject({ ...NEWS, action: 'revoke', note: 'No more news' });
    expect(revoke?.before).toEqual(grant?.after);
    expect(revoke?.after.end).toBeLessThan(revoke?.at ?? NaN);
    await expectValid(server, version);
  } finally {
    await server.stop();
  }
}
