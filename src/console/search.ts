/** GET /console/api/search: what begins with the letters that were typed so far. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { queryInteger } from '../rest/fields';
import type { Searched, SearchHit } from '../store/search';
import type { Reader, StoredAccount } from '../store/store';
import { findCalls } from './calls';
import { ReaderGone } from '../base/reply-reader';
import { defineConsole } from './context';

const AccountRef = z.object({ VID: z.string(), merchantAccountId: z.string().optional() });

/** An account by the names that people know it by. */
export const NamedAccount = AccountRef.extend({
  email: z.string().optional(),
  name: z.string().optional(),
}).meta({ id: 'NamedAccount' });

/** The same as a value. */
export function nameAccount({
  VID,
  merchantAccountId,
  emailAddress: email,
  name,
}: StoredAccount): z.input<typeof NamedAccount> {
  return { VID, merchantAccountId, email, name };
}

const KINDS = ['account', 'order', 'autobill', 'call', 'entitlement'] as const;
const NAMES = [
  ...['email', 'merchantAccountId', 'VID', 'externalId', 'orderId', 'merchantAutoBillId'],
  ...['soapId', 'entitlementId'],
] as const;

const Found = z
  .object({
    kind: z.enum(KINDS),
    by: z.array(z.enum(NAMES)).meta({ description: 'Which of its names begin so.' }),
    name: z.string().meta({ description: 'The first of them.' }),
    account: NamedAccount.optional(),
    text: z.string().optional().meta({
      description:
        'Of an entitlement: what gives it, or, where nothing does, whose the last line about it is; of a call: what it did.',
    }),
  })
  .meta({ id: 'SearchHit' });

type Found = z.input<typeof Found>;

/** How many lines of the ledger are searched for an entitlement id that nothing gives, and how many at a time. */
const SEARCHED_LINES = 50_000;
const SEARCHED_AT_ONCE = 2500;
const WRITTEN_LINES = SEARCHED_LINES.toLocaleString('en');

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

const GIVERS: Readonly<Partial<Record<Searched, string>>> = {
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
    'first letters of a soapId find calls that are kept, a whole one also a call that wrote to the ledger. Entitlements that ' +
    `nothing gives but grants are found where one of the last ${WRITTEN_LINES} lines of the ledger is about them. ` +
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
    const granted = await findGranted(unit, {
      text,
      found,
      limit: limit + 1,
      isGone: context.isGone,
    });
    isCut ||= granted.length > limit;
    found.push(...granted.slice(0, limit));
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
  if (!/^[0-9a-f]{4,40}$/.test(text)) return [];
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

interface GrantedQuery {
  readonly text: string;
  /** What is found already. */
  readonly found: readonly Found[];
  readonly limit: number;
  readonly isGone: () => boolean;
}

/**
 * Entitlement ids that were only ever granted; the last lines of the ledger are searched for them.
 * Decided: docs/decisions/why.md
 */
async function findGranted(
  reader: Reader,
  { text, found, limit, isGone }: GrantedQuery,
): Promise<Found[]> {
  const known = new Set(found.flatMap(({ kind, name }) => (kind === 'entitlement' ? name : [])));
  const last = new Map<string, number>();
  const isWanted = (id: string) => id.startsWith(text) && !known.has(id);
  let before: number | undefined;
  for (let searched = 0; searched < SEARCHED_LINES; searched += SEARCHED_AT_ONCE) {
    const part = await reader.audit.searchBack(isWanted, before, SEARCHED_AT_ONCE);
    for (const { id, merchantEntitlementId } of part.lines) {
      if (!last.has(merchantEntitlementId)) last.set(merchantEntitlementId, id);
    }
    ({ before } = part);
    if (before === undefined || last.size >= limit) break;
    await reader.pause(SEARCHED_AT_ONCE);
    if (isGone()) throw new ReaderGone();
  }
  const ids = [...last].slice(0, limit);
  const lines = await reader.audit.findLines(ids.map(([, line]) => line));
  return ids.flatMap(([name, line]): Found[] => {
    const { VID, merchantAccountId } = lines.get(line) ?? {};
    if (VID === undefined) return [];
    const text = `in the ledger, last of ${merchantAccountId ?? VID}`;
    const account = { VID, merchantAccountId };
    return [{ kind: 'entitlement', by: ['entitlementId'], name, account, text }];
  });
}
