/** The action of `latchkey account list`. */
import type { Command } from 'commander';
import type { ListedAccount } from '../../store/store';
import { printList } from '../list';
import { requireKnown } from './choose-merchant';
import { momentFormat } from './moments';
import { withStore } from './with-store';

/** The options of its commands. */
export interface AccountOptions {
  readonly json?: boolean;
  readonly merchant?: string;
}

/** Prints the accounts, in the order in which they were made. */
export function listAccounts(command: Command, options: AccountOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const { merchant } = options;
    await requireKnown(store, { merchant });
    const format = momentFormat(timeZone);
    const columns = {
      merchant: (row: ListedAccount) => row.merchant,
      account: (row: ListedAccount) => row.merchantAccountId,
      VID: (row: ListedAccount) => row.VID,
      'e-mail': (row: ListedAccount) => row.emailAddress,
      created: (row: ListedAccount) => format(row.createdAt),
    };
    const toJson = (row: ListedAccount) => ({
      merchant: row.merchant,
      merchantAccountId: row.merchantAccountId,
      VID: row.VID,
      emailAddress: row.emailAddress,
      created: format(row.createdAt),
    });
    await printList(store.listAccounts({ merchant }), { columns, toJson }, options);
  });
}
