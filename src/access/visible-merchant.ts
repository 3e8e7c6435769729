/** Which merchants a person sees. One that it doesn't see is to it as one that isn't there. */
import { cut } from '../base/quote';
import { forbidden, invalid } from '../base/refusal';
import type { Person } from '../store/people';
import type { Merchant, Store } from '../store/store';
import { MERCHANT_HEADER } from './session-cookie';

export const noSuchMerchant = (login: string) =>
  forbidden(`There is no merchant ${cut(login)} that you may see.`);
export const nameMerchant = () =>
  invalid(`Name the merchant in the header ${MERCHANT_HEADER}: there is not exactly one.`);

/** The merchants that a person sees, by login. */
export async function listVisible(
  store: Pick<Store, 'listMerchants'>,
  { merchants }: Pick<Person, 'merchants'>,
): Promise<Merchant[]> {
  const all = await store.listMerchants();
  return merchants ? all.filter(({ login }) => merchants.includes(login)) : all;
}

/**
 * The merchant that a call of a person is about.
 * @param named the header's text; undefined: the one that the person sees
 * @throws Refusal 403 where the person sees none of that name, 400 where none is named and it doesn't see exactly one
 */
export async function findVisible(
  store: Pick<Store, 'listMerchants' | 'findMerchant'>,
  person: Pick<Person, 'merchants'>,
  named: string | undefined,
): Promise<Merchant> {
  if (named === undefined) {
    const [only, ...others] = await listVisible(store, person);
    if (!only || others.length > 0) throw nameMerchant();
    return only;
  }
  const login = decoded(named);
  const isVisible = person.merchants?.includes(login) ?? true;
  const merchant = isVisible ? await store.findMerchant(login) : undefined;
  if (!merchant) throw noSuchMerchant(login);
  return merchant;
}

/** Headers are Latin-1: a login with other characters comes percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
