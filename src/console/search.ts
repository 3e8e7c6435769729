/** GET /console/api/search: what begins with the letters that were typed so far. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { queryInteger } from '../rest/fields';
import type { Searched, SearchHit } from '../store/search';
import type { Reader } from '../store/store';
import { findCalls } from './calls';
import { defineConsole } from './context';
import { Found, nameAccount } from './found';
import { isCallStart, searchLedger, WRITTEN_LINES } from './search-ledger';

/** What a kind of name leads to, and the fewest letters of it: random ids begin alike by chance. */
const WAYS: ReadonlyArray<
  readonly [by: Searched, kind: Found['kind'], shown: Found['by'][number], least: number]
> = [
  ['email', 'account', 'email', 1],
  ['merchantAccountId', 'account', 'merchantAccountId', 1],
  ['externalId', 'account', 'externalId', 1],
  ['VID', 'account', 'VID', 4],
  ['orderId', 'order', 'orderId', 1],
  ['merchantAutoBillId', 'autobill', 'merchantAutoBillId', 1],
  ['autoBillVID', 'autobill', 'VID', 4],
  ['offerEntitlement', 'entitlement', 'entitlementId', 1],
  ['productEntitlement', 'entitlement', 'entitlementId', 1],
  ['billingPlanEntitlement', 'entitlement', 'entitlementId', 1],
];

const GIVERS: Readonly<Partial<Record<Searched, Found['giver']>>> = {
  offerEntitlement: 'offer',
  productEntitlement: 'product',
  billingPlanEntitlement: 'billing plan',
};

export const search = defineConsole({
  method: 'get',
  path: '/search',
  name: 'search',
  summary: 'Find accounts, orders, AutoBills, calls and entitlements by the beginning of a name',
  description:
    'E-mail addresses in whatever case, all others as they are written; of VIDs and soapIds four letters at least. The ' +
    'first letters of a soapId find calls that are kept, a whole one also a call that wrote to the ledger. Of the last ' +
    `${WRITTEN_LINES} lines of the ledger the first letters find calls, too, and entitlements that nothing gives but grants. ` +
    '`GET /v1/find` says all about one whole name.',
  tag: 'Search',
  query: z.object({
    text: z.string().trim().min(1, 'must not be empty').max(255),
    limit: queryInteger(1, 50).default(10).meta({ description: 'How many of each kind of name.' }),
  }),
  answers: {
    200: {
      description: 'What begins so.',
      schema: z
        .object({
          found: z.array(Found),
          isCut: z.boolean().meta({ description: 'Whether there are more.' }),
        })
        .meta({ id: 'SearchResult' }),
    },
  },
  example: {
    query: { text: 'les' },
    answer: ok({
      found: [
        {
          kind: 'entitlement' as const,
          by: ['entitlementId' as const],
          name: 'lessons',
          text: 'given by offer course-a',
        },
      ],
      isCut: false,
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ input, ...context }) => {
    const { text, limit } = input.query;
    const unit = await context.reader();
    const found: Found[] = [];
    let isCut = false;
    for (const [by, kind, shown, least] of WAYS) {
      if (text.length < least) continue;
      const hits = await unit.search.find(by, text, limit + 1);
      isCut ||= hits.length > limit;
      for (const hit of hits.slice(0, limit)) found.push(present(hit, by, kind, shown));
      await unit.pause(hits.length);
    }
    const calls = await findKept(context, text, limit + 1);
    isCut ||= calls.length > limit;
    found.push(...calls.slice(0, limit));
    if (calls.length === 0) found.push(...(await findCall(unit, text)));
    const { isGone } = context;
    const lines = await searchLedger(unit, { text, found, limit: limit + 1, isGone });
    for (const hits of [lines.calls, lines.granted]) {
      isCut ||= hits.length > limit;
      found.push(...hits.slice(0, limit));
    }
    return ok({ found: mergeHits(found), isCut });
  },
});

function present(
  { name, account, giver }: SearchHit,
  by: Searched,
  kind: Found['kind'],
  shown: Found['by'][number],
): Found {
  return {
    kind,
    by: [shown],
    name,
    account: account && nameAccount(account),
    giver: GIVERS[by],
    text: giver === undefined ? undefined : `given by ${GIVERS[by] ?? ''} ${giver}`,
  };
}

/** An account that several of its names lead to is one hit, and so is an id that several things give. */
function mergeHits(found: readonly Found[]): Found[] {
  const merged = new Map<string, Found>();
  for (const one of found) {
    const key = keyOf(one);
    const known = merged.get(key);
    if (!known) merged.set(key, one);
    else if (one.kind === 'entitlement') merged.set(key, addGiver(known, one));
    else if (!known.by.some((by) => one.by.includes(by))) {
      merged.set(key, { ...known, by: [...known.by, ...one.by] });
    }
    // By the name of an account that was merged into it.
    else merged.set(`${key} ${one.name}`, one);
  }
  return [...merged.values()];
}

function keyOf({ kind, by, name, account }: Found): string {
  return kind === 'account' ? `account ${account?.VID ?? ''}` : `${kind} ${by.join()} ${name}`;
}

function addGiver(known: Found, { text = '' }: Found): Found {
  return { ...known, text: `${known.text ?? ''}, ${text.replace('given by ', '')}` };
}

/** Calls that are kept to be looked at. */
async function findKept(context: Parameters<typeof findCalls>[0], text: string, limit: number) {
  if (!isCallStart(text)) return [];
  const calls = await findCalls(context, { start: text, limit });
  return calls.map(({ id, operation, code }): Found => {
    return { kind: 'call', by: ['soapId'], name: id, text: `${operation}: ${code}` };
  });
}

/** A call that wrote to the ledger; its index has whole ids. */
async function findCall(reader: Reader, text: string): Promise<Found[]> {
  if (!/^[0-9a-f]{40}$/.test(text)) return [];
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, after: undefined, soapId: text, limit: 1 };
  const [line] = (await reader.audit.listLines(all)) ?? [];
  if (!line) return [];
  const { VID, merchantAccountId } = line;
  return [{ kind: 'call', by: ['soapId'], name: text, account: { VID, merchantAccountId } }];
}
