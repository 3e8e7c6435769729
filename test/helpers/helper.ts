/** The tests of one helper: its own suite, its reports of tests that fail, and the end of the servers that it starts. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CLI } from '../harness/run-latchkey';
import { ROOT, startTestServer } from '../harness/server';
import { testWith } from '../clients/scenario';
import { startSimulation } from '../simulation/control';

/** A helper, and how its tests are run. */
export interface Helper {
  /** Its folder in helpers/, where they are run. */
  readonly name: string;
  readonly installed: boolean;
  /** What it needs, for the title of a skipped test. */
  readonly packages: string;
  /** Prepares what it needs; default: nothing. */
  readonly prepare?: () => Promise<void>;
  /** The command line for each part of `tests`. */
  readonly command: (part: Part) => readonly [string, ...string[]];
  readonly environment?: () => NodeJS.ProcessEnv;
  /** What it prints when its whole suite has passed, and when a run of tests that fail has ended. */
  readonly passed: RegExp;
  readonly failed: RegExp;
}

/** The suite; tests that fail, but for one; a test that kills its run. */
export type Part = 'suite' | 'failing' | 'killed';

/** A compiler and a test runner on a busy machine. */
const TIMEOUT = 240_000;

const OWN_SERVER = { LATCHKEY_COMMAND: `'${process.execPath}' '${CLI}'` };

/** Declares them. */
export function testHelper(helper: Helper): void {
  const { prepare, installed, packages, passed, failed } = helper;
  const testHere: typeof test = testWith(installed, packages);
  if (prepare !== undefined && (installed || process.env.CI !== undefined)) {
    beforeAll(prepare, TIMEOUT);
  }

  testHere(
    'its suite passes on a server that it starts, and that ends with the run',
    async () => {
      const { code, printed } = await run(helper, 'suite', OWN_SERVER);
      expect(printed).toMatch(passed);
      expect(code).toBe(0);
    },
    TIMEOUT,
  );

  testHere(
    'its suite passes on a server that runs elsewhere, and nothing is left there',
    async () => {
      const { url, store } = await startSimulation({ real: true });
      const before = await store.listMerchants();
      const { code, printed } = await run(helper, 'suite', { LATCHKEY_URL: `${url}/` });
      expect(printed).toMatch(passed);
      expect(code).toBe(0);
      expect(await store.listMerchants()).toEqual(before);
    },
    TIMEOUT,
  );

  testHere(
    'the report of a test that fails shows the requests that came, and which were nearly as it asked',
    async () => {
      const { url } = await startSimulation({ real: true });
      const { code, printed } = await run(helper, 'failing', { LATCHKEY_URL: url });
      expect(code).not.toBe(0);
      expect(printed).toMatch(failed);
      expect(printed).toContain('Expected at least 1, but 0 of 1 requests are isEntitled with');
      const lines = printed.split('\n').map((line) => line.trim());
      expect(lines.filter((line) => /^(?:Nearly|Came)/.test(line))).toEqual([
        expect.stringMatching(
          /^Nearly isEntitled with account\.merchantAccountId=ada: Account\.isEntitled \(\w{8}\): account\.merchantAccountId is "bob" instead of "ada"$/,
        ),
        expect.stringMatching(/^Came: Account\.isEntitled \(\w{8}\): 400 Account not found\. \{/),
      ]);
    },
    TIMEOUT,
  );

  testHere(
    'a run that is killed takes its server along',
    async () => {
      // The server holds the run's error output: that is closed when both have ended.
      const { code, printed } = await run(helper, 'killed', OWN_SERVER);
      expect(code).toBeNull();
      expect(printed).toContain('killed');
    },
    TIMEOUT,
  );

  testHere(
    'no server: the report says why, and what to do',
    async () => {
      const noCommand = await run(helper, 'failing', { LATCHKEY_COMMAND: 'false' });
      expect(noCommand.printed).toContain(
        '`false` did not serve: install latchkey here, or set LATCHKEY_COMMAND',
      );
      const { url } = await startTestServer();
      const other = await run(helper, 'failing', { LATCHKEY_URL: url });
      expect(other.printed).toContain(
        `POST ${url}/_latchkey/merchants: the server is no simulation: start it with --simulate`,
      );
      const nobody = await run(helper, 'failing', { LATCHKEY_URL: 'http://127.0.0.1:1' });
      expect(nobody.printed).toContain('POST http://127.0.0.1:1/_latchkey/merchants: no answer: ');
    },
    TIMEOUT,
  );
}

/** Runs a part; its exit code is null when a signal ended it. */
function run(helper: Helper, part: Part, given: NodeJS.ProcessEnv) {
  const [command, ...args] = helper.command(part);
  const env = {
    ...process.env,
    LATCHKEY_URL: '',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    ...helper.environment?.(),
    ...given,
  };
  const child = spawn(command, args, {
    cwd: join(ROOT, 'helpers', helper.name),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const take = (piece: Buffer) => void (printed += piece.toString());
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise<{ readonly code: number | null; readonly printed: string }>(
    (resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, printed }));
    },
  );
}
