/** The action of `latchkey key`. */
import type { Command } from 'commander';
import type { Scope } from '../../base/scope';
import { addApiKey, revokeApiKey } from '../../access/api-keys';
import type { ListedApiKey } from '../../store/api-keys';
import { type Columns, printList } from '../list';
import { printFields, printJson, printLine } from '../print';
import { chooseMerchant, findMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { operatorWork } from './operator';
import { withStore } from './with-store';

/** The options of its commands. */
export interface KeyOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly readOnly?: boolean;
  readonly scope?: Scope;
}

/** Makes a key and prints it, once. */
export function addKey(command: Command, name: string, options: KeyOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const { readOnly = false, scope = readOnly ? 'read' : 'write' } = options;
    const added = await store.transact(merchant.id, (unit) =>
      addApiKey(unit, operatorWork(unit, timeZone), { name, scope }),
    );
    const shown = { merchant: merchant.login, name, access: scope, key: added.key };
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
      access: key.scope,
      created: format(key.createdAt),
      lastUsed: format(key.lastUsedAt),
      revoked: format(key.revokedAt),
    });
    const columns: Columns<ListedApiKey> = {
      merchant: (key) => key.merchant,
      name: (key) => key.name,
      access: (key) => key.scope,
      created: (key) => format(key.createdAt),
      'last used': (key) => format(key.lastUsedAt),
      revoked: (key) => format(key.revokedAt),
    };
    await printList(await store.apiKeys.list(merchant?.id), { columns, toJson }, options);
  });
}

/** Ends a key. */
export function revokeKey(command: Command, name: string, options: KeyOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const { login, id } = await chooseMerchant(store, options.merchant);
    await store.transact(id, (unit) => revokeApiKey(unit, operatorWork(unit, timeZone), name));
    if (options.json) await printJson({ merchant: login, name, revoked: true });
    else await printLine(`${name} of ${login} is revoked`);
  });
}
