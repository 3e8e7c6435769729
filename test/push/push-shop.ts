/** A shop whose messages are read as its changes make them. */
import { join } from 'node:path';
import { catchUp } from '../../src/background/catch-up';
import { createDueLoops } from '../../src/background/loops';
import { type PushClass, PUSH_CLASSES } from '../../src/push/classes';
import { createPushFormats } from '../../src/push/format';
import type { PushSettings } from '../../src/push/settings';
import { loadContract } from '../../src/contract/contract';
import type { Endpoint } from '../../src/store/webhooks';
import type { TestServerOptions } from '../harness/server';
import { ROOT } from '../harness/server';
import { callService } from '../harness/soap-call';
import { SELLER, type Shop, startShop } from '../orders/shop';
import { type Parsed, SAMPLE_KEY } from './samples';

const TIME_ZONE = 'America/Los_Angeles';

const contract = loadContract(join(ROOT, 'wsdl'));

/** The formats as a server with the default settings has them. */
export const createTestFormats = () =>
  createPushFormats({
    version: () => contract.newest,
    soapVersion: '22_0',
    timeZone: TIME_ZONE,
  });
const [FORMAT] = createTestFormats();

/** An element with its content. */
export const el = (name: string, ...content: string[]) => `<${name}>${content.join('')}</${name}>`;

export interface PushShop extends Shop {
  /** A SOAP call that is expected to go well. */
  soap(service: string, operation: string, ...parts: string[]): Promise<void>;
  /** Moves the clock on, and has written down what fell due. */
  passTo(moment: number): Promise<void>;
  /** The messages of all classes since the last time, as a subscription without further settings gets them. */
  take(): Promise<Parsed[]>;
  /** The messages of all events so far that a subscription with settings gets, by the number of their event. */
  all(settings: Partial<PushSettings>): Promise<Parsed[]>;
}

export async function startPushShop(options: TestServerOptions = {}): Promise<PushShop> {
  const shop = await startShop(options);
  const { store } = shop;
  const { timeZone = TIME_ZONE } = options.settings ?? {};
  const loops = createDueLoops({ store, timeZone });
  const merchant = (await store.findMerchant(SELLER))?.id ?? 0;
  let seen = await store.reader(merchant).events.last();
  const read = async (after: number, settings: Partial<PushSettings>) => {
    const reader = store.reader(merchant);
    const events = await reader.events.list(after, 10_000);
    const found: Array<[number, Parsed]> = [];
    for (const name of settings.class ? [settings.class] : PUSH_CLASSES) {
      const endpoint = endpointOf({ ...settings, class: name });
      const making = { login: SELLER, at: store.now() };
      for (const { sequence, body } of (await FORMAT?.messagesOf(
        reader,
        endpoint,
        events,
        making,
      )) ?? []) {
        found.push([sequence, JSON.parse(body) as Parsed]);
      }
    }
    return found.sort(([one], [other]) => one - other).map(([, message]) => message);
  };
  return Object.assign(shop, {
    soap: async (service: string, operation: string, ...parts: string[]) => {
      const { returnCode, body } = await callService(service, shop.url, operation, parts.join(''));
      if (returnCode !== '200') throw new Error(body);
    },
    passTo: async (moment: number) => {
      shop.setNow(moment);
      await catchUp(loops, { store, time: { elapsed: () => 0 }, most: Infinity });
    },
    take: async () => {
      const messages = await read(seen, {});
      seen = await store.reader(merchant).events.last();
      return messages;
    },
    all: (settings: Partial<PushSettings>) => read(0, settings),
  });
}

function endpointOf(given: Partial<PushSettings> & { class: PushClass }): Endpoint {
  const settings: PushSettings = { skip: [], coalesce: false, retries: 5, interval: 60, ...given };
  return {
    id: 1,
    endpointId: '0'.repeat(40),
    kind: 'push',
    format: 'json',
    url: 'http://127.0.0.1/',
    private: true,
    settings: { ...settings },
    secrets: { signing: [{ value: SAMPLE_KEY }] },
    createdAt: 0,
    createdBy: 'operator',
    cursor: 0,
  };
}

/** `entitlement/start ada a by Product news of sub-1, until 2024-07-01 00:00:00`, the words that tests compare. */
export function inWords({ content, header }: Parsed): string {
  const { class_name: className, event_name: event } = header;
  const name = `${className}/${event}`;
  if (className === 'accounts') {
    const account = (content['account'] ?? content) as Record<string, unknown>;
    return `${name} ${String(account['merchantAccountId'])}`;
  }
  if (className === 'autobills') {
    const autoBill = (content['autobill'] ?? content) as Record<string, unknown>;
    return `${name} ${String(autoBill['merchantAutoBillId'])} ${String(autoBill['status'])}`;
  }
  const { merchantAccountId, merchantEntitlementId, entitlementSource } = content;
  const { merchantProductId, merchantBillingPlanId, merchantAutobillId } = content;
  const thing = `${String(merchantProductId)}${String(merchantBillingPlanId)}`;
  const of = merchantAutobillId === '' ? '' : ` ${thing} of ${String(merchantAutobillId)}`;
  const [id] = merchantEntitlementId as string[];
  return `${name} ${String(merchantAccountId)} ${id} by ${String(entitlementSource)}${of}`;
}

/** An account, named and with other elements. */
export const account = (id: string, ...parts: string[]) =>
  el('account', el('merchantAccountId', id), ...parts);

/** A product with the ids that it gives. */
export const product = (id: string, ...ids: string[]) =>
  el('product', el('merchantProductId', id), ...entitling(ids));

/** A monthly plan without end. */
export const plan = (id: string, ...ids: string[]) =>
  el(
    'billingPlan',
    el('merchantBillingPlanId', id),
    el('periods', el('type', 'Month'), el('cycles', '0')),
    ...entitling(ids),
  );

const entitling = (ids: readonly string[]) =>
  ids.map((id) => el('merchantEntitlementIds', el('id', id)));

/** An item of an AutoBill. */
export const item = (id: string) => el('items', product(id));
