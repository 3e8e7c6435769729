/** Which merchant a command is about. */
import type { Merchant, Store } from '../store/store';

/** The option of every command that is about one merchant. */
export const MERCHANT_OPTION = [
  '--merchant <login>',
  'of this merchant; may be left out where there is one',
] as const;

/**
 * The merchant of a login, or the only one there is.
 * @throws Error when there is none, or which one isn't said
 */
export async function chooseMerchant(store: Store, login: string | undefined): Promise<Merchant> {
  if (login !== undefined) {
    const merchant = await store.findMerchant(login);
    if (!merchant) throw new Error(`there is no merchant ${login}`);
    return merchant;
  }
  const [only, ...others] = await store.listMerchants();
  if (!only) throw new Error('there is no merchant; make one with latchkey merchant add');
  if (others.length > 0) throw new Error('there are several merchants; name one with --merchant');
  return only;
}
