/** Which lines of the ledger a command is about. */
import { bringUpToDate } from '../../ledger/up-to-date';
import { type LedgerOptions, type LedgerState, type Store, StoreError } from '../../store/store';
import type { LedgerFilterOptions } from '../options';
import { requireKnown } from './choose-merchant';
import { readMoment } from './moments';

/**
 * The same, of the ledger with all that time changed until now: there may be no server that writes it down.
 * @param timeZone the IANA zone on whose calendar periods are counted
 * @throws Error as ledgerFilter
 */
export async function upToDateFilter(
  store: Store,
  timeZone: string,
  options: LedgerFilterOptions,
): Promise<LedgerOptions> {
  const filter = await ledgerFilter(store, options);
  return { ...filter, asOf: await upToDate(store, timeZone) };
}

/**
 * Writes down what time changed until now. A database that cannot be written is read all the same, with a warning.
 * @param timeZone the IANA zone on whose calendar periods are counted
 * @returns the state of the ledger then; undefined: the latest starts and ends are missing
 */
export async function upToDate(store: Store, timeZone: string): Promise<LedgerState | undefined> {
  try {
    return await bringUpToDate({ store, timeZone });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // What is there can be read all the same.
    console.error(`latchkey: the latest starts and ends are missing: ${error.description}`);
    return undefined;
  }
}

/**
 * Reads the options that narrow the ledger.
 * @throws Error when one names what doesn't exist, or is no moment
 */
async function ledgerFilter(
  store: Store,
  { merchant, account, order, soapId, from, to }: LedgerFilterOptions,
): Promise<LedgerOptions> {
  const span = { from: readMoment('--from', from), until: readMoment('--to', to) };
  if (span.from !== undefined && span.until !== undefined && span.until <= span.from) {
    throw new Error('--to is not after --from: no line lies between them');
  }
  await requireKnown(store, { merchant, account, order, soapId });
  return { merchant, account, order, soapId, ...span };
}
