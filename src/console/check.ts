/** The check of the whole database: what `latchkey check` does, begun and watched from the console. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import { alreadyRuns, type CheckState, MOST_FINDINGS } from './check-run';
import { type ConsoleRoute, defineConsole, requireAllMerchants } from './context';
import { EXAMPLE_TIME } from './session';

const tag = 'Check';

const Check = z
  .object({
    state: z.enum(['none', 'running', 'done', 'failed']).meta({
      description: 'none: this process has checked nothing yet.',
    }),
    startedAt: momentOutput.optional(),
    finishedAt: momentOutput.optional(),
    progress: z
      .object({ what: z.string(), done: z.number(), of: z.number() })
      .optional()
      .meta({ description: '`done` of `of` steps, while it runs.' }),
    entitlements: z.int().optional().meta({ description: 'How many were compared.' }),
    ledgerLines: z.int().optional().meta({ description: 'How many were replayed.' }),
    findings: z
      .array(z.object({ kind: z.string(), text: z.string() }))
      .meta({ description: `What is wrong; ${MOST_FINDINGS} at most.` }),
    isCut: z.boolean().meta({ description: 'Whether there are more findings.' }),
    message: z.string().optional().meta({ description: 'Why it failed.' }),
  })
  .meta({ id: 'Check' });

const ANSWERS = { 200: { description: 'How it goes, or went.', schema: Check } };

const RUNNING: z.input<typeof Check> = {
  state: 'running',
  startedAt: EXAMPLE_TIME,
  progress: { what: 'replay of the ledger', done: 3, of: 4 },
  findings: [],
  isCut: false,
};

/** The cause may name files, and so is for the log alone. */
const FAILED = 'The check could not be finished; the log of the server says why.';

function present({ startedAt, finishedAt, findings, ...state }: CheckState): z.input<typeof Check> {
  return {
    ...state,
    startedAt: toIso(startedAt),
    finishedAt: toIso(finishedAt),
    findings: findings.map(({ kind, text }) => ({ kind, text })),
    message: state.state === 'failed' ? FAILED : undefined,
  };
}

const get = defineConsole({
  method: 'get',
  path: '/check',
  name: 'getCheck',
  summary: 'Say how the check of the database goes, or went',
  tag,
  answers: ANSWERS,
  example: { answer: ok(RUNNING) },
  access: 'read',
  scope: 'admin',
  handle: (call) => {
    requireAllMerchants(call);
    return Promise.resolve(ok(present(call.tools.check.state)));
  },
});

const start = defineConsole({
  method: 'post',
  path: '/check',
  name: 'startCheck',
  summary: 'Begin to check the database',
  description:
    'The whole of it is read beside the calls, on a thread of its own: its structure, and whether the ledger gives exactly the ' +
    'present entitlements. Calls go on. A database in memory cannot be checked so, and one on PostgreSQL has tools of its own (409).',
  tag,
  answers: ANSWERS,
  example: { answer: ok<z.input<typeof Check>>({ ...RUNNING, progress: undefined }) },
  refusals: [409],
  refusalExamples: { 409: alreadyRuns().message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    requireAllMerchants(call);
    return Promise.resolve({
      ...ok(present(call.tools.check.start())),
      changed: { check: 'started' },
    });
  },
});

/** In the order in which they are listed. */
export const CHECK_ROUTES: readonly ConsoleRoute[] = [get, start];
