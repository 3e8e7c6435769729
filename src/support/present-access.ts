/** The answer to "why" as a document, with its sentences: the same over REST and on the command line. */
import { MAX_IDS } from '../ledger/access-at';
import type { StoredAccount } from '../store/store';
import { describeAct, describeEnd, presentLine, type WriteMoment } from './present-line';
import type { ExplainedAccess, ExplainedAccount, ExplainedSource, Question } from './why';

/** Whether the moment is past, present or to come. */
type Tense = 'past' | 'present' | 'future';

/** The parts that every sentence needs. */
interface Wording extends Question {
  readonly write: WriteMoment;
  readonly tense: Tense;
}

/** The name that a merchant's people know an account by. */
export function nameOfAccount({ merchantAccountId, emailAddress, VID }: StoredAccount): string {
  return merchantAccountId ?? emailAddress ?? VID;
}

/**
 * The document.
 * @param write writes its moments
 */
export function presentAccess(
  accounts: readonly ExplainedAccount[],
  question: Question,
  write: WriteMoment,
) {
  const { at, now } = question;
  const tense: Tense = at < now ? 'past' : at > now ? 'future' : 'present';
  const wording = { ...question, write, tense };
  const presented = accounts.map((one) => presentAccount(one, wording));
  return { at: write(at), text: presented.map(textOf).join('\n'), accounts: presented };
}

/** What an account holds now, by id. @param write writes its moments */
export function presentHeld(
  account: StoredAccount,
  entitlements: readonly ExplainedAccess[],
  now: number,
  write: WriteMoment,
) {
  const wording: Wording = { at: now, now, entitlement: undefined, write, tense: 'present' };
  const name = nameOfAccount(account);
  return entitlements.map((access) => presentEntitlement(name, access, wording));
}

type PresentedAccount = ReturnType<typeof presentAccount>;

function textOf({ text, entitlements }: PresentedAccount): string {
  const lines = entitlements.flatMap((access) => [
    access.text,
    ...access.sources.flatMap((source) => [
      `  ${source.text}`,
      ...source.lines.map((line) => `    ${line.text}`),
    ]),
  ]);
  return [text, ...lines].join('\n');
}

function presentAccount(
  { account, successor, entitlements, isCut, later }: ExplainedAccount,
  wording: Wording,
) {
  const { VID: userId, merchantAccountId, emailAddress: email } = account;
  const name = nameOfAccount(account);
  const text = [headline(account, wording)];
  const { entitlement: asked, write } = wording;
  if (entitlements.length === 0) {
    const never = wording.tense === 'past' ? 'had never had' : 'has never had';
    const what = asked === undefined ? 'any access' : `access to ${asked}`;
    text.push(`${name} ${never} ${what}: no line of the ledger up to then gives it.`);
    if (later !== undefined) text.push(`The first line about it is of ${write(later)}.`);
  }
  if (successor) {
    const other = nameOfAccount(successor);
    text.push(`What it had was transferred to ${other}: ask about that account, too.`);
  }
  if (isCut) {
    text.push(`Only ${MAX_IDS} of its entitlements are shown: ask for one by its id.`);
  }
  return {
    userId,
    merchantAccountId,
    email,
    transferredTo: successor && nameOfAccount(successor),
    text: text.join(' '),
    isCut,
    entitlements: entitlements.map((access) => presentEntitlement(name, access, wording)),
  };
}

function headline(account: StoredAccount, { at, write, tense }: Wording): string {
  const { VID, emailAddress } = account;
  const name = nameOfAccount(account);
  const others = [VID, emailAddress].filter((one) => one !== undefined && one !== name);
  const known = tense === 'future' ? ', as far as is known now' : '';
  return `Account ${name} (${others.join(', ')}) at ${write(at)}${known}:`;
}

function presentEntitlement(name: string, access: ExplainedAccess, wording: Wording) {
  const { merchantEntitlementId, active, until, moreSources } = access;
  const { write } = wording;
  const more = moreSources === 0 ? '' : ` ${moreSources} more sources are not shown.`;
  return {
    merchantEntitlementId,
    active,
    until: until === undefined ? undefined : write(until),
    text: `${sentenceOf(name, access, wording)}${more}`,
    moreSources,
    sources: access.sources.map((source) => presentSource(source, wording)),
  };
}

const HAS = { past: 'had', present: 'has', future: 'will have' } as const;

function sentenceOf(name: string, access: ExplainedAccess, { tense, write }: Wording): string {
  const { merchantEntitlementId: id, active, until, sources } = access;
  const has = `${name} ${HAS[tense]}`;
  if (active) return `${has} access to ${id} ${describeEnd(until, write)}.`;
  const coming = sources.find(({ standing }) => standing === 'coming');
  if (coming) return `${has} no access to ${id} yet: it begins on ${write(coming.start)}.`;
  return `${has} no access to ${id} any more.`;
}

function presentSource(source: ExplainedSource, wording: Wording) {
  const { standing, start, end, named, lines, moreLines, VID, cause } = source;
  const { write } = wording;
  const { orderId, offers, autoBill, product, billingPlan } = named;
  return {
    source: source.source,
    orderId,
    offers,
    autoBill,
    product,
    billingPlan,
    userId: VID,
    standing,
    start: write(start),
    end: end === undefined ? undefined : write(end),
    text: describeSource(source, write),
    takenBy: standing === 'taken' && cause ? String(cause.id) : undefined,
    moreLines,
    lines: lines.map((line) => ({
      ...presentLine(line, write),
      text: `Line ${line.id}: ${describeAct(line, write)}; ${describeEnd(line.after.end, write)}.`,
    })),
  };
}

function describeSource(source: ExplainedSource, write: WriteMoment): string {
  const { standing, start, end, named, cause } = source;
  const until = describeEnd(end, write);
  const by = `By ${named.text}`;
  if (standing === 'active') return `${by} since ${write(start)}, ${until}.`;
  if (standing === 'coming') return `${by} from ${write(start)} on, ${until}.`;
  if (!cause) return `${by} ${until}.`;
  const act = describeAct(cause, write);
  if (standing === 'taken') return `${by} ${until}: ${act}.`;
  return `${by} ${until}, when it ran out; that end was set when it was ${act}.`;
}
