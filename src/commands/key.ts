/** `latchkey key`: the API keys of REST callers. */
import { Command } from 'commander';
import { digestOf, newApiKey } from '../access/authenticate-key';
import { type Merchant, type Store, StoreError } from '../store/store';
import { chooseMerchant, MERCHANT_OPTION } from './choose-merchant';
import { addStoreOptions, withStore } from './options';
import { momentFormat, printFields, printJson, printRow } from './print';

interface Options {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly readOnly?: boolean;
}

export function keyCommand(): Command {
  return new Command('key')
    .description('Manage the API keys of REST callers.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(revoke());
}

function add(): Command {
  const command = new Command('add')
    .description('Make a key; it is printed once and kept only as a digest.')
    .argument('<name>', 'what the ledger says who called')
    .option('--read-only', 'it may look, and change nothing')
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action((name: string, options: Options) =>
    withStore(command, async (store) => {
      const key = newApiKey();
      const merchant = await chooseMerchant(store, options.merchant);
      const readOnly = options.readOnly === true;
      await addApiKey(store, merchant, { name, readOnly, key });
      const shown = { merchant: merchant.login, name, access: accessOf(readOnly), key };
      if (options.json) printJson(shown);
      else printFields(shown);
    }),
  );
}

function list(): Command {
  const command = new Command('list')
    .description('List the keys: merchant, name, access, created, last used, revoked.')
    .option('--merchant <login>', 'only those of this merchant');
  return addStoreOptions(command).action(({ json, merchant: login }: Options) =>
    withStore(command, async (store, { timeZone }) => {
      const format = momentFormat(timeZone);
      const merchant = login === undefined ? undefined : await chooseMerchant(store, login);
      for (const key of await store.apiKeys.list(merchant?.id)) {
        const shown = {
          merchant: key.merchant,
          name: key.name,
          access: accessOf(key.readOnly),
          created: format(key.createdAt),
          lastUsed: format(key.lastUsedAt),
          revoked: format(key.revokedAt),
        };
        if (json) printJson(shown);
        else printRow(...Object.values(shown));
      }
    }),
  );
}

function revoke(): Command {
  const command = new Command('revoke')
    .description('End a key; it stops working at once. Its name is not given again.')
    .argument('<name>')
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action((name: string, options: Options) =>
    withStore(command, async (store) => {
      const merchant = await chooseMerchant(store, options.merchant);
      if (!(await store.apiKeys.revoke(merchant.id, name, Date.now()))) {
        throw new Error(`${merchant.login} has no valid key ${name}`);
      }
      if (options.json) printJson({ merchant: merchant.login, name, revoked: true });
      else console.log(`${name} of ${merchant.login} is revoked`);
    }),
  );
}

/** What a new key is made of: the name tells in the ledger who called. */
interface KeyToAdd {
  readonly name: string;
  readonly readOnly: boolean;
  readonly key: string;
}

/** Whom the ledger names beside keys and logins. */
const RESERVED: Readonly<Record<string, string>> = { latchkey: 'time itself', operator: 'you' };

/**
 * Gives a merchant a key.
 * @throws Error when the name cannot be one or is taken
 */
export async function addApiKey(
  store: Store,
  merchant: Merchant,
  { name, readOnly, key }: KeyToAdd,
): Promise<void> {
  if (!/^[^\p{C}\s](?:[^\p{C}]{0,98}[^\p{C}\s])?$/u.test(name)) {
    throw new Error('a name has 1 to 100 characters, none of them invisible, no space at its ends');
  }
  const named = RESERVED[name];
  if (named !== undefined) throw new Error(`${name} is how the ledger calls ${named}`);
  try {
    const createdAt = Date.now();
    await store.apiKeys.insert(merchant.id, { name, readOnly, digest: digestOf(key), createdAt });
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'refused') {
      const text = `${merchant.login} has a key ${name} already; a revoked one keeps its name`;
      throw new Error(text, { cause: error });
    }
    throw error;
  }
}

function accessOf(readOnly: boolean): string {
  return readOnly ? 'read' : 'write';
}
