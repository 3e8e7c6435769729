/** `latchkey offer`: what orders give access to. */
import { Command } from 'commander';
import { newId } from '../base/new-id';
import type { Work } from '../orders/call';
import { addOffer, changeOffer } from '../orders/change-offer';
import type { StoredOffer } from '../store/orders';
import type { Merchant, Reader, Store } from '../store/store';
import { chooseMerchant, MERCHANT_OPTION } from './choose-merchant';
import { addStoreOptions, withStore } from './options';
import { momentFormat, printFields, printJson, printRow } from './print';

interface Options {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly id?: string;
  readonly name?: string;
  readonly entitlement?: string[];
}

/** Changes made here are the operator's. */
const WORK: Work = { clock: () => Date.now(), newId, actor: 'operator', callId: undefined };

export function offerCommand(): Command {
  return new Command('offer')
    .description('Manage offers: named sets of merchantEntitlementIds, which orders give.')
    .addCommand(add())
    .addCommand(change())
    .addCommand(list())
    .addCommand(show());
}

function add(): Command {
  const command = new Command('add')
    .description('Make an offer.')
    .argument('<name>')
    .requiredOption('--entitlement <id...>', 'the merchantEntitlementIds that it gives')
    .option('--id <id>', 'what clients name it by (default: a new id)');
  return addOfferOptions(command).action((name: string, options: Options) =>
    withOffer(command, options, (store, merchant) =>
      store.transact(merchant.id, (unit) =>
        addOffer(unit, WORK, {
          ...{ name, offerId: options.id, merchantEntitlementIds: options.entitlement ?? [] },
        }),
      ),
    ),
  );
}

function change(): Command {
  const command = new Command('change')
    .description('Change an offer, and at once the access that its active orders give.')
    .argument('<id>')
    .option('--name <name>', 'its new name')
    .option('--entitlement <id...>', 'all the merchantEntitlementIds that it gives from now on');
  return addOfferOptions(command).action((offerId: string, options: Options) =>
    withOffer(command, options, (store, merchant) => {
      const { name, entitlement: merchantEntitlementIds } = options;
      if (name === undefined && !merchantEntitlementIds) {
        throw new Error('nothing to change: give --name or --entitlement');
      }
      return store.transact(merchant.id, (unit) =>
        changeOffer(unit, WORK, { offerId, name, merchantEntitlementIds }),
      );
    }),
  );
}

function list(): Command {
  const command = new Command('list').description('List the offers: id, name, entitlements.');
  return addOfferOptions(command).action((options: Options) =>
    withStore(command, async (store) => {
      const reader = store.reader((await chooseMerchant(store, options.merchant)).id);
      for (const offer of await reader.orders.listOffers()) {
        const { id, name, entitlements } = await toShown(reader, offer);
        if (options.json) printJson({ id, name, entitlements });
        else printRow(id, name, entitlements.join(' '));
      }
    }),
  );
}

function show(): Command {
  const command = new Command('show').description('Show an offer.').argument('<id>');
  return addOfferOptions(command).action((offerId: string, options: Options) =>
    withOffer(command, options, async (store, merchant) => {
      const offer = await store.reader(merchant.id).orders.findOffer(offerId);
      if (!offer) throw new Error(`there is no offer ${offerId}`);
      return offer;
    }),
  );
}

function addOfferOptions(command: Command): Command {
  return addStoreOptions(command.option(...MERCHANT_OPTION));
}

/** Does something with an offer, and prints the offer. */
function withOffer(
  command: Command,
  options: Options,
  work: (store: Store, merchant: Merchant) => Promise<StoredOffer>,
): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const offer = await work(store, merchant);
    const { entitlements, ...shown } = await toShown(store.reader(merchant.id), offer);
    const created = momentFormat(timeZone)(offer.createdAt);
    if (options.json) printJson({ ...shown, created, entitlements });
    else printFields({ ...shown, created, entitlements: entitlements.join(' ') });
  });
}

async function toShown(reader: Reader, { id, offerId, name }: StoredOffer) {
  return { id: offerId, name, entitlements: await reader.orders.listOfferEntitlements(id) };
}
