/** Which merchant, account or order a command is about. */
import type { LedgerOptions, ListOptions, Merchant, Store } from '../../store/store';

/**
 * The merchant of a login.
 * @throws Error when there is none
 */
export async function findMerchant(store: Store, login: string): Promise<Merchant> {
  const merchant = await store.findMerchant(login);
  if (!merchant) throw new Error(`there is no merchant ${login}`);
  return merchant;
}

/**
 * The merchant of a login, or the only one there is.
 * @throws Error when there is none, or several and none is named
 */
export async function chooseMerchant(store: Store, login: string | undefined): Promise<Merchant> {
  if (login !== undefined) return findMerchant(store, login);
  const [only, ...others] = await store.listMerchants();
  if (!only) throw new Error('there is no merchant; make one with latchkey merchant add');
  if (others.length > 0) throw new Error('there are several merchants; name one with --merchant');
  return only;
}

interface Named extends ListOptions {
  readonly order?: string | undefined;
  readonly soapId?: string | undefined;
}

/**
 * Makes sure that what narrows a listing exists: a misspelt name must not look like an empty list.
 * @throws Error that names what does not
 */
export async function requireKnown(store: Store, named: Named): Promise<void> {
  const { merchant: login, account, order, soapId } = named;
  const merchants =
    login === undefined ? await store.listMerchants() : [await findMerchant(store, login)];
  const of = login === undefined ? '' : ` of ${login}`;
  if (account !== undefined && !(await hasAccount(store, { merchant: login, account }))) {
    throw new Error(`there is no account ${account}${of}`);
  }
  if (order !== undefined && !(await hasOrder(store, merchants, order))) {
    throw new Error(`there is no order ${order}${of}`);
  }
  if (soapId !== undefined && !(await hasLine(store, { merchant: login, soapId }))) {
    throw new Error(`no line of the ledger is of the call ${soapId}${of}: it changed no access`);
  }
}

async function hasAccount(store: Store, options: ListOptions): Promise<boolean> {
  for await (const { VID } of store.listAccounts(options)) return VID !== '';
  return false;
}

async function hasLine(store: Store, options: LedgerOptions): Promise<boolean> {
  for await (const { id } of store.listLedger(options)) return id > 0;
  return false;
}

async function hasOrder(
  store: Store,
  merchants: readonly Merchant[],
  orderId: string,
): Promise<boolean> {
  for (const { id } of merchants) {
    if (await store.reader(id).orders.findOrder(orderId)) return true;
  }
  return false;
}
