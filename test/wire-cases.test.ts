/**
 * Every wire case: its replies, and the ledger rows that it writes and no others.
 * `UPDATE_CASES=1 npx jest wire-cases` writes what the server answers; read the diff before you
 * commit it.
 */
import type { LedgerRow } from '../src/store/store';
import { listCases, readText, send, startCase, type WireCase, writeText } from './harness/cases';
import { canonical, pretty } from './harness/xml';

const UPDATE = process.env.UPDATE_CASES === '1';

describe('wire cases', () => {
  test.each(listCases().map((wireCase) => [wireCase.title, wireCase] as const))(
    '%s',
    async (_title, wireCase) => {
      const server = await startCase(wireCase);
      try {
        const seeded = [...server.store.listLedger({})].length;
        for (const step of wireCase.steps) {
          const reply = await send(server.url, readText(wireCase, step.request) ?? '');
          const got = `${reply.status} ${reply.contentType}\n\n${pretty(reply.body)}`;
          if (UPDATE) writeText(wireCase, step.reply, got);
          expect(comparable(got)).toBe(comparable(readText(wireCase, step.reply) ?? ''));
        }
        const effects = [...server.store.listLedger({})].slice(seeded).map(effect);
        checkEffects(wireCase, effects);
        expect(server.log.filter(({ soapId }) => soapId).length).toBe(wireCase.steps.length);
      } finally {
        await server.stop();
      }
    },
  );
});

function checkEffects(wireCase: WireCase, effects: unknown[]): void {
  const file = 'effects.json';
  if (UPDATE && effects.length > 0) {
    writeText(wireCase, file, `${JSON.stringify(effects, null, 2)}\n`);
  }
  expect(effects).toEqual(JSON.parse(readText(wireCase, file) ?? '[]'));
}

/** Status line, then the body as XML. */
function comparable(stored: string): string {
  const [status = '', ...body] = stored.split('\n\n');
  return `${status}\n${canonical(body.join('\n\n'))}`;
}

/** A ledger row as effects.json shows it: without its own number, moments as ISO times. */
function effect({ at, before, after, ...row }: LedgerRow): unknown {
  const state = (value: LedgerRow['before']) =>
    value && { ...value, start: iso(value.start), end: iso(value.end) };
  return JSON.parse(
    JSON.stringify({
      ...row,
      id: undefined,
      at: iso(at),
      before: state(before),
      after: state(after),
    }),
  );
}

function iso(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : new Date(moment).toISOString();
}
