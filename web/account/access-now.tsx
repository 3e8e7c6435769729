/** What an account may do now: each entitlement, every source that gives it, until when, and why not. */
import { SourceActions } from '../act/source-actions';
import { type Answer, send } from '../api/request';
import { Badge } from '../parts/badge';
import { Moment, Sentence } from '../parts/moment';
import { type Page, PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';

type Entitlement = Answer<'listAccess'>['entitlements'][number] & {
  /** Lines of before were not read. */
  readonly completeSince?: string | undefined;
};
type Source = Entitlement['sources'][number];

/** The most ids that the server answers with at once. */
const MOST_IDS = 200;

interface AccessNowProps {
  readonly merchant: string;
  readonly account: string;
  /** Changes when something was changed. */
  readonly turn: number;
  readonly onDone: () => void;
}

const TEXTS: ReadonlyArray<readonly [title: string, write: Column<Entitlement>['write'] & {}]> = [
  ['Entitlement', ({ merchantEntitlementId }) => merchantEntitlementId],
  ['Access', standingOf],
  ['Until', ({ until }) => until],
  ['Sources', ({ sources }) => sources.map(({ text }) => text).join(' ')],
  ['More sources', ({ moreSources }) => moreSources],
];
const COLUMNS = TEXTS.map(([title, write]) => ({ title, write }));

export function AccessNow({ merchant, account, turn, onDone }: AccessNowProps) {
  return (
    <PagedList
      title="Access now"
      of={[merchant, account]}
      turn={turn}
      columns={COLUMNS}
      pageLength={24}
      keyOf={({ merchantEntitlementId }) => merchantEntitlementId}
      empty="This account has never had any access. An order, an AutoBill or a grant gives some."
      fetch={(after, length, signal) => readAccess(merchant, account, { after, length, signal })}
      layout={(entitlements) => (
        <>
          <ul class="access">
            {entitlements.map((entitlement) => (
              <EntitlementCard
                key={entitlement.merchantEntitlementId}
                merchant={merchant}
                account={account}
                entitlement={entitlement}
                onDone={onDone}
              />
            ))}
          </ul>
          <Complete entitlements={entitlements} />
        </>
      )}
    />
  );
}

/** From when on reasons are known, where the account has more lines than are read. */
function Complete({ entitlements }: { readonly entitlements: readonly Entitlement[] }) {
  const since = entitlements
    .flatMap(({ completeSince = [] }) => completeSince)
    .sort()
    .at(-1);
  if (since === undefined) return null;
  return (
    <p class="muted small">
      Reasons are known from <Moment at={since} /> on: what changed last before stands without one,
      and what was taken away before as expired. The ledger has all of it.
    </p>
  );
}

interface Part {
  readonly after: string | undefined;
  readonly length: number;
  readonly signal: AbortSignal | undefined;
}

/** A page: all that gives access comes before all that gives none. */
async function readAccess(
  merchant: string,
  account: string,
  { after, length, signal }: Part,
): Promise<Page<Entitlement>> {
  for (let place = after; ;) {
    const query = { pageLength: Math.min(MOST_IDS, length), lastLoadedId: place };
    const found: Answer<'listAccess'> = await send('listAccess', {
      merchant,
      params: { account },
      query,
      signal,
    });
    const { entitlements, completeSince, next_page: next } = found;
    const rows = entitlements.map((entitlement) => ({ ...entitlement, completeSince }));
    // The server answers with none where it has looked at many that are not wanted.
    if (rows.length > 0 || next === null) return { rows, next };
    place = next;
  }
}

function isComing({ active, sources }: Entitlement): boolean {
  return !active && sources.some(({ standing }) => standing === 'coming');
}

function standingOf(entitlement: Entitlement): string {
  if (entitlement.active) return 'active';
  return isComing(entitlement) ? 'to come' : 'none';
}

interface EntitlementCardProps {
  readonly merchant: string;
  readonly account: string;
  readonly entitlement: Entitlement;
  readonly onDone: () => void;
}

function EntitlementCard({ merchant, account, entitlement, onDone }: EntitlementCardProps) {
  const { merchantEntitlementId: id, active, until, sources, moreSources } = entitlement;
  const comes = isComing(entitlement);
  return (
    <li class={active ? 'active' : comes ? 'coming' : ''}>
      <div class="row apart">
        <h3>{id}</h3>
        <span class="row">
          {active ? (
            <Badge tone="good">Access</Badge>
          ) : comes ? (
            <Badge tone="coming">To come</Badge>
          ) : (
            <Badge tone="bad">No access</Badge>
          )}
          {active && (
            <span class="small">
              {until === undefined ? (
                'without end'
              ) : (
                <>
                  until <Moment at={until} />
                </>
              )}
            </span>
          )}
        </span>
      </div>
      <ul class="sources">
        {sources.map((source) => (
          <li key={`${source.source} ${source.text}`}>
            <p>
              <Sentence text={source.text} merchant={merchant} />
            </p>
            <Cause merchant={merchant} source={source} />
            <SourceActions
              merchant={merchant}
              account={account}
              entitlement={id}
              source={source}
              onDone={onDone}
            />
          </li>
        ))}
      </ul>
      {moreSources > 0 && (
        <p class="muted small">{moreSources} more sources are in the timeline.</p>
      )}
    </li>
  );
}

/** The last line about a source that gives access. Where it gives none, its own sentence has that line. */
function Cause({ merchant, source }: { readonly merchant: string; readonly source: Source }) {
  const last = source.lines.at(-1);
  const isOver = source.standing === 'taken' || source.standing === 'expired';
  if (!last || isOver) return null;
  return (
    <p class="why">
      <Sentence text={last.text} merchant={merchant} />
    </p>
  );
}
