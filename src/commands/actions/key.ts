/** The action of `latchkey key`. */
import type { Command } from 'commander';
import { reservedFor } from '../../base/work';
import { digestOf, newApiKey } from '../../access/authenticate-key';
import type { ListedApiKey } from '../../store/api-keys';
import { type Merchant, type Store, StoreError } from '../../store/store';
import { type Columns, printList } from '../list';
import { printFields, printJson, printLine } from '../print';
import { chooseMerchant, findMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { withStore } from './with-store';

/** The options of its commands. */
export interface KeyOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly readOnly?: boolean;
}

/** Makes a key and prints it, once. */
export function addKey(command: Command, name: string, options: KeyOptions): Promise<void> {
  return withStore(command, async (store) => {
    const key = newApiKey();
    const merchant = await chooseMerchant(store, options.merchant);
    const readOnly = options.readOnly === true;
    await addApiKey(store, merchant, { name, readOnly, key });
    const shown = { merchant: merchant.login, name, access: accessOf(readOnly), key };
    if (options.json) await printJson(shown);
    else await printFields(shown);
  });
}

/** Prints the keys, those of one merchant or all. */
export function listKeys(command: Command, options: KeyOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const format = momentFormat(timeZone);
    const { merchant: login } = options;
    const merchant = login === undefined ? undefined : await findMerchant(store, login);
    const toJson = (key: ListedApiKey) => ({
      merchant: key.merchant,
      name: key.name,
      access: accessOf(key.readOnly),
      created: format(key.createdAt),
      lastUsed: format(key.lastUsedAt),
      revoked: format(key.revokedAt),
    });
    const columns: Columns<ListedApiKey> = {
      merchant: (key) => key.merchant,
      name: (key) => key.name,
      access: (key) => accessOf(key.readOnly),
      created: (key) => format(key.createdAt),
      'last used': (key) => format(key.lastUsedAt),
      revoked: (key) => format(key.revokedAt),
    };
    await printList(await store.apiKeys.list(merchant?.id), { columns, toJson }, options);
  });
}

/** Ends a key. */
export function revokeKey(command: Command, name: string, options: KeyOptions): Promise<void> {
  return withStore(command, async (store) => {
    const { login, id } = await chooseMerchant(store, options.merchant);
    if (!(await store.apiKeys.revoke(id, name, store.now()))) {
      throw new Error(`${login} has no valid key ${name}`);
    }
    if (options.json) await printJson({ merchant: login, name, revoked: true });
    else await printLine(`${name} of ${login} is revoked`);
  });
}

/** A new key; the ledger shows its name as the caller. */
interface KeyToAdd {
  readonly name: string;
  readonly readOnly: boolean;
  readonly key: string;
}

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
  const named = reservedFor(name);
  if (named !== undefined) throw new Error(`${name} is how the ledger calls ${named}`);
  try {
    const createdAt = store.now();
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
