/** What a change would do: it is carried out by the same rules as ever, looked at, and taken back. */
import { isActive } from '../entitlements/entitlement';
import { isLongChange } from '../store/long-work';
import { allOf } from '../store/pages';
import { pagesOf } from '../base/pages';
import type {
  EntitlementKey,
  LedgerRow,
  Store,
  StoredEntitlement,
  UnitOfWork,
} from '../store/store';

/** The most changes that are shown. */
export const MOST_CHANGES = 200;

/** A change of one source. */
export interface Foreseen {
  readonly line: LedgerRow;
  /** Whether any source gave the entitlement to the account before, and gives it then. */
  readonly hadAccess: boolean;
  readonly hasAccess: boolean;
  /** Whether another source than that of the line gives it then. */
  readonly hasOther: boolean;
}

/** The effect of what was tried. */
export interface Effect {
  readonly changes: readonly Foreseen[];
  /** Whether there are more. */
  readonly isCut: boolean;
  /** How many orders or AutoBills follow in the background. */
  readonly later: number;
}

/** Ends a unit of work whose effect is known: nothing of it is kept. */
class TakenBack extends Error {
  override name = 'TakenBack';

  constructor(readonly effect: Effect) {
    super('this was only tried');
  }
}

/**
 * Tries something in a unit of work that is undone.
 * @param callId names its lines in the ledger; none other has it
 * @throws whatever `act` throws
 */
export async function dryRun(
  store: Pick<Store, 'transact'>,
  merchantId: number,
  callId: string,
  act: (unit: UnitOfWork) => Promise<unknown>,
): Promise<Effect> {
  try {
    return await store.transact(merchantId, async (unit) => {
      await act(unit);
      throw new TakenBack(await effectOf(unit, callId));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.effect;
    throw error;
  }
}

async function effectOf(unit: UnitOfWork, soapId: string): Promise<Effect> {
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, after: undefined, soapId };
  const lines = (await unit.audit.listLines({ ...all, limit: MOST_CHANGES + 1 })) ?? [];
  const changes: Foreseen[] = [];
  for (const line of lines.slice(0, MOST_CHANGES)) {
    changes.push(await foresee(unit, line, lines));
    await unit.pause();
  }
  const works = await unit.longWork.list({ after: 0, limit: MOST_CHANGES });
  const own = works.filter((work) => work.callId === soapId && !isLongChange(work));
  const later = own.reduce((sum, { total, done }) => sum + total - done, 0);
  return { changes, isCut: lines.length > MOST_CHANGES, later };
}

/** The access to the entitlement of a line, by all of its sources. */
async function foresee(
  unit: UnitOfWork,
  line: LedgerRow,
  lines: readonly LedgerRow[],
): Promise<Foreseen> {
  const now = unit.now();
  const { merchantEntitlementId: id } = line;
  const account = await unit.findAccountByVid(line.VID);
  const pages = pagesOf<StoredEntitlement>(
    (after, limit) => unit.listEntitlementsOfId(account?.id ?? 0, id, { after, limit }),
    (rows) => unit.pause(rows),
  );
  const after = await allOf(pages);
  // Of several lines about one source, the first says how it was.
  const before = after.map((one) => {
    const first = lines.find(
      (other) => other.VID === line.VID && other.merchantEntitlementId === id && isSame(one, other),
    );
    return first ? first.before : one;
  });
  return {
    line,
    hadAccess: before.some((state) => state !== undefined && isActive(state, now)),
    hasAccess: after.some((state) => isActive(state, now)),
    hasOther: after.some((state) => !isSame(state, line) && isActive(state, now)),
  };
}

/** Whether one source is meant. */
function isSame(
  one: Pick<EntitlementKey, 'source' | 'sourceId'>,
  other: Pick<EntitlementKey, 'source' | 'sourceId'>,
): boolean {
  return one.source === other.source && one.sourceId === other.sourceId;
}
