/** The action of `latchkey account`. */
import { wholeList } from '../../base/pages';
import type { Command } from 'commander';
import { loadAccount } from '../../cashbox/account/load-account';
import type { Account } from '../../contract/types.generated';
import type { ListedAccount, Store } from '../../store/store';
import { printList } from '../list';
import { printFields, printJson, printLine } from '../print';
import { requireKnown } from './choose-merchant';
import { type FormatMoment, momentFormat } from './moments';
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

/** Prints an account, and those of other merchants that have the same id. */
export function showAccount(command: Command, id: string, options: AccountOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const { merchant, json } = options;
    await requireKnown(store, { merchant, account: id });
    const format = momentFormat(timeZone);
    for await (const listed of store.listAccounts({ merchant, account: id })) {
      const shown = await toShown(store, listed, format);
      if (json) await printJson(shown);
      else await print(shown);
    }
  });
}

async function toShown(store: Store, listed: ListedAccount, format: FormatMoment) {
  const merchant = await store.findMerchant(listed.merchant);
  const reader = store.reader(merchant?.id ?? 0);
  const account: Account = (await loadAccount(reader, listed, 'all')) ?? {};
  const entitlements = account.entitlements && (await wholeList(account.entitlements));
  return {
    merchant: listed.merchant,
    created: format(listed.createdAt),
    ...account,
    entitlements: entitlements?.map((entitlement) => ({
      ...entitlement,
      startTimestamp: format(entitlement.startTimestamp),
      endTimestamp: format(entitlement.endTimestamp),
    })),
  };
}

async function print(shown: Awaited<ReturnType<typeof toShown>>): Promise<void> {
  const { entitlements = [], ...fields } = shown;
  await printFields(fields);
  for (const entitlement of entitlements) {
    await printLine('entitlement');
    await printFields(entitlement, '  ');
  }
}
