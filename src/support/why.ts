/**
 * Why an account has access at a moment, or hasn't: by the lines of the ledger that made it so.
 * Decided: docs/decisions/why.md
 */
import { ReaderGone } from '../base/reply-reader';
import { pagesOf } from '../base/pages';
import { AccessReplay, type AccessAt, type SourceAt } from '../ledger/access-at';
import type {
  Eventually,
  LedgerRow,
  Reader,
  StoredAccount,
  StoredEntitlement,
} from '../store/store';
import { nameSource, type NamedSource } from './name-sources';

/** A question about accounts. */
export interface Question {
  /** UTC milliseconds. */
  readonly at: number;
  /** Now, in UTC milliseconds: whether the moment is past or to come. */
  readonly now: number;
  /** The one merchantEntitlementId that is asked for; undefined: all. */
  readonly entitlement: string | undefined;
  /** Whether nobody waits for the answer any more. */
  readonly isGone?: (() => boolean) | undefined;
}

/** A source with its names and its lines. */
export interface ExplainedSource extends Omit<SourceAt, 'lines' | 'cause'> {
  readonly named: NamedSource;
  readonly lines: readonly LedgerRow[];
  /** The line that took it away or, else, set its present end. */
  readonly cause: LedgerRow | undefined;
}

/** The access to one id, with what gives it. */
export interface ExplainedAccess extends Omit<AccessAt, 'sources'> {
  readonly sources: readonly ExplainedSource[];
}

/** The access of one account. */
export interface ExplainedAccount {
  readonly account: StoredAccount;
  /** The account that got what this one had. */
  readonly successor: StoredAccount | undefined;
  /** Ordered by id; one that is asked for and was never given is not in it. */
  readonly entitlements: readonly ExplainedAccess[];
  /** Whether there are more ids than these. */
  readonly isCut: boolean;
  /** When the first line after the moment is dated. */
  readonly later: number | undefined;
}

/** What naming a source costs, in changes of an entitlement. */
const SOURCE_WEIGHT = 20;

/**
 * Answers a question about one account. What was merged into it counts as its own.
 * @throws ReaderGone once nobody waits for the answer
 */
export async function explainAccess(
  reader: Reader,
  account: StoredAccount,
  { at, entitlement, isGone }: Question,
): Promise<ExplainedAccount> {
  const replay = new AccessReplay(at, entitlement);
  for await (const line of linesOf(reader, account.id, isGone)) replay.take(line);
  const find: FindLines = (ids) => reader.audit.findLines(ids);
  const entitlements = await explainAll(reader, replay.answer(), { find, isGone });
  const successor = await reader.findSuccessor(account.id);
  return { account, successor, entitlements, isCut: replay.isCut, later: replay.later };
}

/** An id as the account holds it. */
interface Held extends Pick<
  AccessAt,
  'merchantEntitlementId' | 'active' | 'until' | 'moreSources'
> {
  readonly rows: readonly StoredEntitlement[];
}

/** What an account holds now, and its lines as far as they were read. */
interface HeldNow {
  readonly now: number;
  readonly ids: readonly Held[];
  /** Those of each source in the order of their numbers. */
  readonly lines: readonly LedgerRow[];
  readonly isGone: () => boolean;
}

/**
 * Explains what an account holds now from what is kept of it, and from those of its lines that were read.
 * @throws ReaderGone once nobody waits for the answer
 */
export async function explainHeld(
  reader: Reader,
  { VID }: Pick<StoredAccount, 'VID'>,
  { now, ids, lines, isGone }: HeldNow,
): Promise<ExplainedAccess[]> {
  const replay = new AccessReplay(now, undefined, Infinity);
  for (const { rows } of ids) for (const row of rows) replay.hold(VID, row);
  for (const line of lines) replay.take(line);
  // All that the answer names were read.
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const find = () => lineOf;
  const explained = await explainAll(reader, replay.answer(), { find, isGone });
  const byId = new Map(explained.map((access) => [access.merchantEntitlementId, access]));
  return ids.flatMap(({ merchantEntitlementId, active, until, moreSources }) => {
    const access = byId.get(merchantEntitlementId);
    return access ? [{ ...access, active, until, moreSources }] : [];
  });
}

/** Lines by their ids; there may be others. */
type FindLines = (ids: readonly number[]) => Eventually<ReadonlyMap<number, LedgerRow>>;

async function explainAll(
  reader: Reader,
  entitlements: readonly AccessAt[],
  { find, isGone }: { readonly find: FindLines; readonly isGone: (() => boolean) | undefined },
): Promise<ExplainedAccess[]> {
  const explained: ExplainedAccess[] = [];
  for (const access of entitlements) {
    const sources: ExplainedSource[] = [];
    for (const source of access.sources) {
      if (isGone?.()) throw new ReaderGone();
      sources.push(await explainSource(reader, access.merchantEntitlementId, source, find));
      await reader.pause(SOURCE_WEIGHT);
    }
    explained.push({ ...access, sources });
  }
  return explained;
}

/**
 * Every line of an account, in the order of their numbers, page by page.
 * @param isGone whether nobody waits for them any more
 * @throws ReaderGone then
 */
export async function* linesOf(
  reader: Reader,
  accountId: number,
  isGone: (() => boolean) | undefined,
): AsyncGenerator<LedgerRow> {
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, accountIds: [accountId] };
  const read = async (last: LedgerRow | undefined, limit: number) =>
    (await reader.audit.listLines({ ...all, after: last?.id, limit })) ?? [];
  for await (const page of pagesOf(read, (rows) => reader.pause(rows))) {
    if (isGone?.()) throw new ReaderGone();
    yield* page;
  }
}

async function explainSource(
  reader: Reader,
  merchantEntitlementId: string,
  { cause, ...source }: SourceAt,
  find: FindLines,
): Promise<ExplainedSource> {
  const found = await find([...source.lines, cause]);
  const lines = source.lines.flatMap((id) => found.get(id) ?? []);
  const named = await nameSource(reader, { ...source, merchantEntitlementId });
  return { ...source, named, lines, cause: found.get(cause) };
}
