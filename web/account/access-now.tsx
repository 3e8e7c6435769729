/** What an account may do now: each entitlement, every source that gives it, until when, and why not. */
import { useState } from 'preact/hooks';
import { SourceActions } from '../act/source-actions';
import type { Answer } from '../api/request';
import { useAnswer } from '../api/use-answer';
import { Badge } from '../parts/badge';
import { Moment, Sentence } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';

type Entitlement = Answer<'getAccess'>['accounts'][number]['entitlements'][number];
type Source = Entitlement['sources'][number];

/** Entitlements that are shown before one asks for all. */
const AT_FIRST = 24;

interface AccessNowProps {
  readonly merchant: string;
  readonly account: string;
  /** Changes when something was changed. */
  readonly turn: number;
  readonly onDone: () => void;
}

export function AccessNow({ merchant, account, turn, onDone }: AccessNowProps) {
  const [isWhole, setWhole] = useState(false);
  const { answer, problem, again } = useAnswer('getAccess', { merchant, query: { account } }, turn);
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  const [found] = answer.accounts;
  const entitlements = [...(found?.entitlements ?? [])].sort(
    (one, other) => rankOf(one) - rankOf(other),
  );
  if (found === undefined || entitlements.length === 0) {
    return (
      <Empty>
        This account has never had any access. An order, an AutoBill or a grant gives some.
      </Empty>
    );
  }
  const shown = isWhole ? entitlements : entitlements.slice(0, AT_FIRST);
  return (
    <>
      <ul class="access">
        {shown.map((entitlement) => (
          <EntitlementCard
            key={entitlement.merchantEntitlementId}
            merchant={merchant}
            account={account}
            entitlement={entitlement}
            onDone={onDone}
          />
        ))}
      </ul>
      {shown.length < entitlements.length && (
        <button type="button" class="button" onClick={() => setWhole(true)}>
          Show all {entitlements.length}
        </button>
      )}
      {found.isCut && (
        <p class="muted small">
          There are more entitlements than these. The timeline lists all of them.
        </p>
      )}
    </>
  );
}

/** Active ones first, then those to come. */
function rankOf({ active, sources }: Entitlement): number {
  if (active) return 0;
  return sources.some(({ standing }) => standing === 'coming') ? 1 : 2;
}

interface EntitlementCardProps {
  readonly merchant: string;
  readonly account: string;
  readonly entitlement: Entitlement;
  readonly onDone: () => void;
}

function EntitlementCard({ merchant, account, entitlement, onDone }: EntitlementCardProps) {
  const { merchantEntitlementId: id, active, until, sources, moreSources } = entitlement;
  const isComing = !active && sources.some(({ standing }) => standing === 'coming');
  return (
    <li class={active ? 'active' : isComing ? 'coming' : ''}>
      <div class="row apart">
        <h3>{id}</h3>
        <span class="row">
          {active ? (
            <Badge tone="good">Access</Badge>
          ) : isComing ? (
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
