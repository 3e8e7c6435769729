/** The last calls, to be looked at: which there were, and one of them with its request and reply. */
import { z } from 'zod';
import { ExplainedLine } from '../api/access';
import { toIso } from '../base/iso';
import { cut as quoted } from '../base/quote';
import { notFound } from '../base/refusal';
import { momentInput, momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import { badPlace, nextPage, PageQuery } from '../rest/paging';
import type { CallHead, KeptCall } from './kept-call';
import { type ConsoleContext, type ConsoleRoute, defineConsole } from './context';
import { explainLine } from './ledger';
import { EXAMPLE_TIME } from './session';
import { showCall } from './show-call';

const tag = 'Calls';

/** The most calls that one page looks at. */
const MOST_LOOKED_AT = 20_000;

/** The most lines that a call's change is shown by. */
const MOST_LINES = 100;

const text = z.string().optional();

const Call = z
  .object({
    id: z.string().meta({ description: 'The soapId, or the X-Request-Id.' }),
    at: momentOutput.meta({ description: 'When it was answered.' }),
    api: z.enum(['soap', 'rest']),
    operation: z.string().meta({ description: '`Account.isEntitled`, `GET /access`.' }),
    version: text.meta({ description: "The contract's, of SOAP." }),
    login: text,
    key: text.meta({ description: 'The API key, or the person.' }),
    address: z.string(),
    code: z.string().meta({ description: 'returnCode, faultcode, or the status.' }),
    message: text,
    ms: z.number().meta({ description: 'Milliseconds until it was answered.' }),
    requestBytes: z.int().optional(),
    replyBytes: z.int().optional(),
  })
  .meta({ id: 'KeptCall' });

const EXAMPLE: z.input<typeof Call> = {
  id: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
  at: EXAMPLE_TIME,
  api: 'soap',
  operation: 'Account.isEntitled',
  version: '22.0',
  login: 'demo',
  address: '127.0.0.1',
  code: '200',
  ms: 2.5,
};

const filter = (description: string) => z.string().min(1).max(255).optional().meta({ description });

const list = defineConsole({
  method: 'get',
  path: '/calls',
  name: 'listCalls',
  summary: 'List the last calls, the newest first',
  description:
    'As many as `LATCHKEY_CALLS` keeps, of this process; what people only look at in the console is not among them. Calls ' +
    'that name no merchant there is are shown to admins of all merchants. A page may be shorter than asked for though others ' +
    'follow.',
  tag,
  query: PageQuery.extend({
    soapId: filter('The id begins so.'),
    operation: filter('The operation has this in its name, in whatever case.'),
    code: filter('Exactly this returnCode, faultcode or status.'),
    login: filter('Exactly this login.'),
    address: filter('The address begins so.'),
    from: momentInput.optional().meta({ description: 'From this moment on.' }),
    to: momentInput.optional().meta({ description: 'Until just before this moment.' }),
  }),
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({
          calls: z.array(Call),
          next_page: nextPage,
          kept: z.string().meta({ description: '`LATCHKEY_CALLS`.' }),
          since: momentOutput.optional().meta({ description: 'When the oldest was answered.' }),
        })
        .meta({ id: 'CallPage' }),
    },
  },
  example: {
    query: { code: '200', pageLength: '50' },
    answer: ok({ calls: [EXAMPLE], next_page: null, kept: '1000', since: EXAMPLE_TIME }),
  },
  access: 'read',
  handle: async ({ input: { query }, ...context }) => {
    const { log, kept } = context.tools.calls;
    const isSeen = await seenBy(context);
    const { lastLoadedId, pageLength } = query;
    const calls: CallHead[] = [];
    let next: string | null = null;
    let looked = 0;
    for (const { number, head } of log?.newestFirst({ before: placeOf(lastLoadedId) }) ?? []) {
      if (calls.length === pageLength || looked === MOST_LOOKED_AT) {
        next = String(number + 1);
        break;
      }
      looked += 1;
      if (isSeen(head) && isWanted(head, query)) calls.push(head);
    }
    const since = toIso(log?.since);
    return ok({
      calls: calls.map(present),
      next_page: next,
      kept,
      since,
    });
  },
});

/** @throws Refusal 400 for what no page gave out */
function placeOf(lastLoadedId: string | undefined): number | undefined {
  if (lastLoadedId === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(lastLoadedId)) throw badPlace();
  return Number(lastLoadedId);
}

interface Wanted {
  readonly soapId?: string | undefined;
  readonly operation?: string | undefined;
  readonly code?: string | undefined;
  readonly login?: string | undefined;
  readonly address?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

function isWanted(call: CallHead, wanted: Wanted): boolean {
  const { soapId = '', operation = '', code, login, address = '' } = wanted;
  const { from = 0, to = Infinity } = wanted;
  return (
    call.id.startsWith(soapId) &&
    call.operation.toLowerCase().includes(operation.toLowerCase()) &&
    (code === undefined || call.code === code) &&
    (login === undefined || call.login === login) &&
    call.address.startsWith(address) &&
    call.at >= from &&
    call.at < to
  );
}

type Asking = Pick<ConsoleContext, 'merchant' | 'merchants' | 'session' | 'tools'>;

/** Which calls a person sees: the merchant's; those that name no merchant there is, admins of all merchants. */
async function seenBy({ merchant, merchants, session }: Asking) {
  const { login } = await merchant();
  const { role, merchants: some } = session.person;
  if (role !== 'admin' || some) return (call: CallHead) => call.login === login;
  const known = new Set((await merchants()).map((each) => each.login));
  return (call: CallHead) =>
    call.login === undefined || call.login === login || !known.has(call.login);
}

/** The calls that a person sees and whose ids begin with a text, the newest first. */
export async function findCalls(
  context: Asking,
  { start, limit }: { readonly start: string; readonly limit: number },
): Promise<KeptCall[]> {
  const isSeen = await seenBy(context);
  const found: KeptCall[] = [];
  for (const { head, whole } of context.tools.calls.log?.newestFirst({ idStart: start }) ?? []) {
    if (isSeen(head)) found.push(whole());
    if (found.length === limit) break;
  }
  return found;
}

const WholeCall = Call.extend({
  fields: z.record(z.string(), z.unknown()).optional().meta({
    description: 'The request as JSON, without credentials; absent: it could not be read.',
  }),
  request: text.meta({ description: 'As it came, `***` in place of secrets.' }),
  answer: z.unknown().optional().meta({
    description:
      'The reply as JSON, `***` in place of secrets; absent: it is not kept, or is one of lines.',
  }),
  reply: text.meta({ description: 'As it was sent, `***` in place of secrets.' }),
  isCut: z.boolean().meta({
    description:
      'Whether request or reply is not kept: it was too long, or did not come to its end.',
  }),
  changed: z.array(ExplainedLine).meta({ description: `What it changed; ${MOST_LINES} at most.` }),
  path: z.string().meta({ description: 'With the query.' }),
  method: z.string(),
  contentType: text,
  soapAction: text,
}).meta({ id: 'WholeKeptCall' });

const unknownCall = (id: string) => notFound(`The call ${quoted(id)} is not kept here.`);

const get = defineConsole({
  method: 'get',
  path: '/calls/{id}',
  name: 'getCall',
  summary: 'Get one of the last calls with request, reply and what it changed',
  tag,
  params: z.object({ id: z.string().min(1).max(100) }),
  answers: { 200: { description: 'The call.', schema: WholeCall } },
  example: {
    params: { id: EXAMPLE.id },
    answer: ok<z.input<typeof WholeCall>>({
      ...EXAMPLE,
      fields: { account: { merchantAccountId: 'xyz123' }, merchantEntitlementId: 'bac' },
      isCut: false,
      changed: [],
      path: '/soap.pl',
      method: 'POST',
    }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownCall('7d1f').message },
  access: 'read',
  handle: async ({ input: { params }, ...context }) => {
    const [call] = await findCalls(context, { start: params.id, limit: 1 });
    if (call?.id !== params.id) throw unknownCall(params.id);
    const reader = await context.reader();
    const all = { from: 0, until: Number.MAX_SAFE_INTEGER, after: undefined };
    const lines = await reader.audit.listLines({ ...all, soapId: call.id, limit: MOST_LINES });
    const shown = await showCall(call, context.tools);
    return ok({ ...present(call), ...shown, changed: (lines ?? []).map(explainLine) });
  },
});

function present(call: CallHead): z.input<typeof Call> {
  const { id, at, api, operation, version, login, key, address, code, message } = call;
  const { ms, requestBytes, replyBytes } = call;
  const caller = { login, key, address };
  const said = { code, message, ms: Math.round(ms * 10) / 10, requestBytes, replyBytes };
  return { id, at: toIso(at), api, operation, version, ...caller, ...said };
}

/** In the order in which they are listed. */
export const CALL_ROUTES: readonly ConsoleRoute[] = [list, get];
