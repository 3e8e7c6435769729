/** `latchkey account`: looks at the accounts. */
import { Command } from 'commander';
import { loadAccount } from '../cashbox/account/load-account';
import type { Account } from '../contract/types.generated';
import type { ListedAccount, Store } from '../store/store';
import { addStoreOptions, withStore } from './options';
import { type FormatMoment, momentFormat, printFields, printJson, printRow } from './print';

interface Options {
  readonly json?: boolean;
  readonly merchant?: string;
}

export function accountCommand(): Command {
  return new Command('account')
    .description('Look at accounts.')
    .addCommand(list())
    .addCommand(show());
}

function list(): Command {
  const command = new Command('list')
    .description('List the accounts: merchant, merchantAccountId, VID, e-mail address, created.')
    .option('--merchant <login>', 'only those of this merchant');
  return addStoreOptions(command).action(({ json, merchant }: Options) =>
    withStore(command, (store, { timeZone }) => {
      const format = momentFormat(timeZone);
      for (const account of store.listAccounts({ merchant })) {
        const { merchant: owner, merchantAccountId, VID, emailAddress, createdAt } = account;
        const created = format(createdAt);
        if (json) printJson({ merchant: owner, merchantAccountId, VID, emailAddress, created });
        else printRow(owner, merchantAccountId, VID, emailAddress, created);
      }
      return Promise.resolve();
    }),
  );
}

function show(): Command {
  const command = new Command('show')
    .description('Show an account with all that is kept of it.')
    .argument('<id>', 'a VID or merchantAccountId')
    .option('--merchant <login>', 'of this merchant');
  return addStoreOptions(command).action((id: string, { json, merchant }: Options) =>
    withStore(command, async (store, { timeZone }) => {
      const found = Array.from(store.listAccounts({ merchant, account: id }));
      if (found.length === 0) throw new Error(`there is no account ${id}`);
      for (const listed of found) {
        const shown = await toShown(store, listed, momentFormat(timeZone));
        if (json) printJson(shown);
        else print(shown);
      }
    }),
  );
}

async function toShown(store: Store, listed: ListedAccount, format: FormatMoment) {
  const merchant = await store.findMerchant(listed.merchant);
  const reader = store.reader(merchant?.id ?? 0);
  const account: Account = (await loadAccount(reader, listed, 'all', Date.now())) ?? {};
  return {
    merchant: listed.merchant,
    created: format(listed.createdAt),
    ...account,
    entitlements: account.entitlements?.map((entitlement) => ({
      ...entitlement,
      startTimestamp: format(entitlement.startTimestamp),
      endTimestamp: format(entitlement.endTimestamp),
    })),
  };
}

function print({ entitlements = [], ...fields }: Awaited<ReturnType<typeof toShown>>): void {
  printFields(fields);
  for (const entitlement of entitlements) {
    console.log('entitlement');
    printFields(entitlement, '  ');
  }
}
