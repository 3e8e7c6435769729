/**
 * Every wire case: its replies, and the ledger rows that it writes and no others.
 * `UPDATE_CASES=1 npx jest wire-cases` writes what the server answers; read the diff before you
 * commit it.
 */
import { listCases, readText, startCase, type WireCase, writeText } from './harness/cases';
import { differences, effect, readReply, showReply } from './harness/compare';
import { describeOnPostgres } from './harness/postgres';
import { send } from './harness/send';
import { EFFECTS_FILE, showEffects } from '../src/cases/effects';
import { collect } from './harness/collect';

const UPDATE = process.env.UPDATE_CASES === '1';
/** pino's level of errors: the server's own failures. */
const ERROR = 50;

/** Texts that cases send and that may stay nowhere: the seed's passwords and a card number. */
const SECRET = /s&cret<2>|plain7|4111111111111111/;

const CASES = listCases();

/** Plays every case. @param postgres whether the store is on PostgreSQL */
function playCases(postgres: boolean): void {
  test.each(CASES.map((wireCase) => [wireCase.title, wireCase] as const))(
    '%s',
    async (_title, wireCase) => {
      const server = await startCase(wireCase, postgres);
      try {
        const seeded = (await collect(server.store.listLedger({}))).length;
        for (const { request, reply, now } of wireCase.steps) {
          if (now !== undefined) server.setNow(now);
          const stored = readText(wireCase, request) ?? '';
          const got = showReply(await send(server.url, stored, wireCase.body));
          if (UPDATE) writeText(wireCase, reply, got);
          const expected = readReply(readText(wireCase, reply) ?? '');
          expect(differences(readReply(got), expected)).toEqual([]);
        }
        checkEffects(
          wireCase,
          (await collect(server.store.listLedger({}))).slice(seeded).map(effect),
        );
        expect(server.log.filter(({ soapId }) => soapId).length).toBe(wireCase.steps.length);
        expect(server.log.filter(({ level }) => Number(level) >= ERROR)).toEqual([]);
        expect(JSON.stringify(server.log)).not.toMatch(SECRET);
        expect(server.statements.filter((sql) => SECRET.test(sql))).toEqual([]);
      } finally {
        await server.stop();
      }
    },
  );
}

describe('wire cases', () => playCases(false));

// In the same file: the contract is loaded once.
describeOnPostgres('wire cases', () => playCases(true));

describe('the folders of the wire cases', () => {
  test('are named after their operation, and so are their titles', () => {
    const wrong = CASES.filter(({ name, title }) => {
      const [operation = ''] = name.split('__');
      const named = /^[a-zA-Z]+__[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
      return !named || !title.startsWith(`${operation}: `);
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('have a title of their own each', () => {
    const titles = CASES.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('have replies of each code that their title names', () => {
    const wrong = CASES.filter((wireCase) => {
      const replies = wireCase.steps.map(({ reply }) => readText(wireCase, reply) ?? '');
      const answered = replies.map(
        (reply) => /<returnCode[^>]*>(\d+)</.exec(reply)?.[1] ?? 'Fault',
      );
      const named = [...wireCase.title.matchAll(/→ (\d{3}|Fault)/g)].map(([, code = '']) => code);
      return named.some((code) => !answered.includes(code));
    });
    expect(wrong.map(({ name, title }) => [name, title])).toEqual([]);
  });

  test('hold requests, and nothing that no case reads', () => {
    const stray = CASES.flatMap(({ name, files, steps }) => {
      const ofSteps = steps.flatMap(({ request, reply }) => [request, reply]);
      const known = ['case.json', EFFECTS_FILE, ...ofSteps];
      return files.filter((file) => !known.includes(file)).map((file) => `${name}/${file}`);
    });
    expect(stray).toEqual([]);
    expect(CASES.filter(({ steps }) => steps.length === 0).map(({ name }) => name)).toEqual([]);
  });
});

function checkEffects(wireCase: WireCase, effects: object[]): void {
  const file = EFFECTS_FILE;
  if (UPDATE) {
    writeText(wireCase, file, effects.length > 0 ? showEffects(effects) : undefined);
  }
  expect(effects).toEqual(JSON.parse(readText(wireCase, file) ?? '[]'));
}
