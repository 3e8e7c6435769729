/** The action of `latchkey offer`. */
import type { Command } from 'commander';
import { newId } from '../../base/new-id';
import { carryOn } from '../../batches/long-work';
import { addOffer, changeOffer } from '../../orders/change-offer';
import { OFFER_WORK } from '../../orders/order-work';
import type { StoredOffer } from '../../store/orders';
import { allOf, offerEntitlementPages, offerPages } from '../../store/pages';
import type { Merchant, Reader, Store, UnitOfWork } from '../../store/store';
import { printList } from '../list';
import { printFields, printJson } from '../print';
import { chooseMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { operatorWork } from './operator';
import { withStore } from './with-store';

/** The options of its commands. */
export interface OfferOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly id?: string;
  readonly name?: string;
  readonly entitlement?: string[];
}

/** Makes an offer. */
export function add(command: Command, name: string, options: OfferOptions): Promise<void> {
  const { id: offerId, entitlement: merchantEntitlementIds = [] } = options;
  return withOffer(command, options, (store, merchant, timeZone) =>
    store.transact(merchant.id, (unit) =>
      addOffer(unit, operatorWork(unit, timeZone), { name, offerId, merchantEntitlementIds }),
    ),
  );
}

/** Changes an offer, and the access that its active orders give. */
export function change(command: Command, offerId: string, options: OfferOptions): Promise<void> {
  return withOffer(command, options, async (store, merchant, timeZone) => {
    const { name, entitlement: merchantEntitlementIds } = options;
    if (name === undefined && !merchantEntitlementIds) {
      throw new Error('nothing to change: give --name or --entitlement');
    }
    const offer = await store.transact(merchant.id, (unit) =>
      changeOffer(unit, operatorWork(unit, timeZone), { offerId, name, merchantEntitlementIds }),
    );
    await finishOffer(store, merchant, timeZone, offer);
    return offer;
  });
}

/** No server may be there that does in the background what many orders leave to do. */
async function finishOffer(
  store: Store,
  merchant: Merchant,
  timeZone: string,
  { id }: StoredOffer,
): Promise<void> {
  const work = await store.transact(merchant.id, async (unit) =>
    unit.longWork.findOf(OFFER_WORK.name, id),
  );
  if (!work) return;
  const kinds = new Map([[OFFER_WORK.name, OFFER_WORK]]);
  const batch = (unit: UnitOfWork) => carryOn(unit, { timeZone, newId }, kinds, work.id);
  while (await store.transact(merchant.id, batch));
}

/** Prints the offers of a merchant. */
export function list(command: Command, options: OfferOptions): Promise<void> {
  return withStore(command, async (store) => {
    const reader = store.reader((await chooseMerchant(store, options.merchant)).id);
    await printList(shownOffers(reader), LISTING, options);
  });
}

async function* shownOffers(reader: Reader): AsyncGenerator<Shown> {
  for await (const offers of offerPages(reader)) {
    for (const offer of offers) yield toShown(reader, offer);
  }
}

type Shown = Awaited<ReturnType<typeof toShown>>;

const LISTING = {
  columns: {
    id: ({ id }: Shown) => id,
    name: ({ name }: Shown) => name,
    entitlements: ({ entitlements }: Shown) => entitlements.join(' '),
  },
  toJson: (shown: Shown) => shown,
};

/** Prints an offer. */
export function show(command: Command, offerId: string, options: OfferOptions): Promise<void> {
  return withOffer(command, options, async (store, merchant) => {
    const offer = await store.reader(merchant.id).orders.findOffer(offerId);
    if (!offer) throw new Error(`there is no offer ${offerId}`);
    return offer;
  });
}

/** Does something with an offer, and prints the offer. */
function withOffer(
  command: Command,
  options: OfferOptions,
  act: (store: Store, merchant: Merchant, timeZone: string) => Promise<StoredOffer>,
): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const offer = await act(store, merchant, timeZone);
    const { entitlements, ...shown } = await toShown(store.reader(merchant.id), offer);
    const created = momentFormat(timeZone)(offer.createdAt);
    if (options.json) await printJson({ ...shown, created, entitlements });
    else await printFields({ ...shown, created, entitlements: entitlements.join(' ') });
  });
}

async function toShown(reader: Reader, { id, offerId, name }: StoredOffer) {
  return { id: offerId, name, entitlements: await allOf(offerEntitlementPages(reader, id)) };
}
