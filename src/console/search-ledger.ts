/** What no index has, looked for among the last lines of the ledger: calls, and entitlements that were only granted. */
import { ReaderGone } from '../base/reply-reader';
import type { Reader } from '../store/store';
import type { Found } from './found';

/** How many lines are searched, and how many at a time. */
const SEARCHED_LINES = 50_000;
const SEARCHED_AT_ONCE = 2500;

/** The same for documents. */
export const WRITTEN_LINES = SEARCHED_LINES.toLocaleString('en');

interface LedgerQuery {
  readonly text: string;
  /** What is found already. */
  readonly found: readonly Found[];
  /** The most of each kind. */
  readonly limit: number;
  readonly isGone: () => boolean;
}

/** Whether a text may be what a soapId begins with: fewer letters are many calls' by chance. */
export function isCallStart(text: string): boolean {
  return /^[0-9a-f]{4,40}$/.test(text);
}

/**
 * Calls that changed something, and entitlement ids that were only ever granted, the last first.
 * Decided: docs/decisions/why.md
 * @throws ReaderGone once nobody waits for it
 */
export async function searchLedger(
  reader: Reader,
  { text, found, limit, isGone }: LedgerQuery,
): Promise<{ readonly calls: Found[]; readonly granted: Found[] }> {
  const known = new Set(found.map(keyOf));
  const calls = new Map<string, number>();
  const granted = new Map<string, number>();
  const isCall = isCallStart(text);
  const isNew = (kind: Found['kind'], name: string) =>
    name.startsWith(text) && !known.has(keyOf({ kind, name }));
  const isWantedCall = (soapId: string | undefined): soapId is string =>
    isCall && soapId !== undefined && isNew('call', soapId);
  let before: number | undefined;
  for (let searched = 0; searched < SEARCHED_LINES; searched += SEARCHED_AT_ONCE) {
    const part = await reader.audit.searchBack(
      ({ merchantEntitlementId: id, soapId }) => isNew('entitlement', id) || isWantedCall(soapId),
      before,
      SEARCHED_AT_ONCE,
    );
    for (const { id, merchantEntitlementId, soapId } of part.lines) {
      if (isNew('entitlement', merchantEntitlementId)) note(granted, merchantEntitlementId, id);
      if (isWantedCall(soapId)) note(calls, soapId, id);
    }
    ({ before } = part);
    const isEnough = granted.size >= limit && (!isCall || calls.size >= limit);
    if (before === undefined || isEnough) break;
    await reader.pause(SEARCHED_AT_ONCE);
    if (isGone()) throw new ReaderGone();
  }
  return {
    calls: await present(reader, [...calls].slice(0, limit), 'call'),
    granted: await present(reader, [...granted].slice(0, limit), 'entitlement'),
  };
}

function keyOf({ kind, name }: Pick<Found, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}

/** Of the lines of one the last is kept, which comes first. */
function note(lines: Map<string, number>, name: string, line: number): void {
  if (!lines.has(name)) lines.set(name, line);
}

/** @param named names with a line of each */
async function present(
  reader: Reader,
  named: ReadonlyArray<readonly [name: string, line: number]>,
  kind: 'call' | 'entitlement',
): Promise<Found[]> {
  const lines = await reader.audit.findLines(named.map(([, line]) => line));
  return named.flatMap(([name, line]): Found[] => {
    const { VID, merchantAccountId } = lines.get(line) ?? {};
    if (VID === undefined) return [];
    const account = { VID, merchantAccountId };
    if (kind === 'call') return [{ kind, by: ['soapId'], name, account }];
    const text = `in the ledger, last of ${merchantAccountId ?? VID}`;
    return [{ kind, by: ['entitlementId'], name, account, text }];
  });
}
