/** Which lines of the ledger a command is about. */
import type { LedgerOptions, Store } from '../../store/store';
import type { LedgerFilterOptions } from '../options';
import { requireKnown } from './choose-merchant';
import { readMoment } from './moments';

/**
 * Reads the options that narrow the ledger.
 * @throws Error when one names what doesn't exist, or is no moment
 */
export async function ledgerFilter(
  store: Store,
  { merchant, account, order, soapId, from, to }: LedgerFilterOptions,
): Promise<LedgerOptions> {
  const span = { from: readMoment('--from', from), until: readMoment('--to', to) };
  if (span.from !== undefined && span.until !== undefined && span.until < span.from) {
    throw new Error('--to is before --from');
  }
  await requireKnown(store, { merchant, account, order, soapId });
  return { merchant, account, order, soapId, ...span };
}
