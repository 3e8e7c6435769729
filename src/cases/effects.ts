/** The rows that a ledger gains, as `effects.json` of a wire case has them. */
import { toIso } from '../base/iso';
import type { LedgerRow } from '../store/ledger';

/** The file; fixtures/cases/README.md describes it. */
export const EFFECTS_FILE = 'effects.json';

/** A row without its number. */
export interface Effect {
  /** The call's id; absent: it was no call. */
  readonly soapId?: string | undefined;
}

/** Moments become ISO 8601 in UTC. */
export function toEffect({ at, before, after, ...row }: LedgerRow): Effect {
  const state = (one: LedgerRow['before']) =>
    one && { ...one, start: toIso(one.start), end: toIso(one.end) };
  const shown = { ...row, at: toIso(at), before: state(before), after: state(after) };
  return Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'id'));
}

/** The text of the file. */
export function showEffects(effects: readonly object[]): string {
  return `${JSON.stringify(effects, null, 2)}\n`;
}
