/** The action of `latchkey push`. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { presentMessage, presentSubscription } from '../../push/present';
import {
  addSubscription,
  changeSubscription,
  INTERVAL,
  RETRIES,
  type SubscriptionValues,
} from '../../push/subscriptions';
import { PACKAGE_ROOT } from '../../base/package';
import type { Settings } from '../../config/settings';
import { loadContract } from '../../contract/contract';
import { createFormats } from '../../formats';
import type { Merchant, Store } from '../../store/store';
import {
  requireDelivery,
  requireEndpoint,
  resendDelivery,
  testEndpoint,
} from '../../webhooks/endpoints';
import { type Columns, printList } from '../list';
import { printFields, printJson, printLine } from '../print';
import { chooseMerchant } from './choose-merchant';
import { wholeNumber } from './numbers';
import { operatorWork } from './operator';
import { readSecrets } from './read-secrets';
import { withStore } from './with-store';

/** The options of every command. */
export interface OfMerchant {
  readonly json?: boolean;
  readonly merchant?: string;
}

interface ValueOptions extends OfMerchant {
  readonly format?: string;
  readonly retries?: string;
  readonly interval?: string;
  readonly skip?: readonly string[];
  readonly coalesce?: boolean;
  readonly basicUser?: string;
  readonly keyStdin?: boolean;
}

export interface AddOptions extends ValueOptions {
  readonly class: string;
  readonly url?: string;
  readonly email?: string;
}

export interface ChangeOptions extends ValueOptions {
  readonly url?: string;
  readonly skipNone?: boolean;
  /** False: without. */
  readonly basic?: boolean;
  readonly email?: string | false;
}

export interface ResendOptions extends OfMerchant {
  readonly all?: boolean;
}

type Work<T> = (store: Store, merchant: Merchant, settings: Settings) => Promise<T>;

function withMerchant<T>(command: Command, { merchant }: OfMerchant, work: Work<T>): Promise<T> {
  return withStore(command, async (store, settings) =>
    work(store, await chooseMerchant(store, merchant), settings),
  );
}

/** What options give, secrets from standard input among it. Endpoints of the command line may be private. */
async function readValues(options: ValueOptions): Promise<SubscriptionValues> {
  const { basicUser: user, keyStdin = false } = options;
  const names = [keyStdin ? 'key' : [], user === undefined ? [] : 'password'].flat();
  const secrets = await readSecrets(process.stdin, names);
  return {
    private: true,
    format: options.format,
    skip: options.skip,
    coalesce: options.coalesce,
    retries: wholeNumber('--retries', options.retries, RETRIES),
    interval: wholeNumber('--interval', options.interval, INTERVAL),
    key: keyStdin ? secrets[0] : undefined,
    basic: user === undefined ? undefined : { user, password: secrets.at(-1) ?? '' },
  };
}

/** Makes a subscription and prints it; a key that was made, once. */
export async function addPush(command: Command, url: string, options: AddOptions): Promise<void> {
  const values = await readValues(options);
  const { class: className, email } = options;
  await withMerchant(command, options, async (store, { id }, { timeZone }) => {
    const { endpoint, key } = await store.transact(id, (unit) =>
      addSubscription(unit, operatorWork(unit, timeZone), {
        ...values,
        class: className,
        url,
        email,
      }),
    );
    const shown = {
      ...presentSubscription(endpoint),
      key: values.key === undefined ? key : undefined,
    };
    await print(shown, options);
  });
}

/** Prints the subscriptions of a merchant. */
export function listPush(command: Command, options: OfMerchant): Promise<void> {
  return withMerchant(command, options, async (store, { id }) => {
    const rows = (await store.reader(id).webhooks.list('push')).map(presentSubscription);
    const columns: Columns<(typeof rows)[number]> = {
      id: (row) => row.id,
      class: (row) => row.class,
      format: (row) => row.format,
      url: (row) => row.url,
      retries: (row) => row.retries,
      interval: (row) => row.interval,
      'failing since': (row) => row.failingSince,
    };
    await printList(rows, { columns, toJson: (row) => row }, options);
  });
}

/** Changes a subscription and prints it. */
export async function changePush(
  command: Command,
  id: string,
  options: ChangeOptions,
): Promise<void> {
  const values = await readValues(options);
  const { url, email, skipNone = false, basic } = options;
  await withMerchant(command, options, async (store, merchant) => {
    const changed = await store.transact(merchant.id, async (unit) =>
      changeSubscription(unit, await requireEndpoint(unit, 'push', id), {
        ...values,
        url,
        email: email === false ? null : email,
        skip: skipNone ? [] : values.skip,
        basic: basic === false ? null : values.basic,
      }),
    );
    await print(presentSubscription(changed), options);
  });
}

/** Removes a subscription. */
export function removePush(command: Command, id: string, options: OfMerchant): Promise<void> {
  return withMerchant(command, options, async (store, merchant) => {
    await store.transact(merchant.id, async (unit) =>
      unit.webhooks.delete((await requireEndpoint(unit, 'push', id)).id),
    );
    if (options.json) await printJson({ id, removed: true });
    else await printLine(`${id} is removed`);
  });
}

/** Adds the message of a test. */
export function testPush(command: Command, id: string, options: OfMerchant): Promise<void> {
  return withMerchant(command, options, async (store, merchant, settings) => {
    const formatOf = createFormats(loadContract(join(PACKAGE_ROOT, 'wsdl')), settings);
    const { login } = merchant;
    const made = await store.transact(merchant.id, async (unit) => {
      const work = operatorWork(unit, settings.timeZone);
      const endpoint = await requireEndpoint(unit, 'push', id);
      return testEndpoint(unit, work, endpoint, { format: formatOf(endpoint), login });
    });
    await print(presentMessage(made), options);
  });
}

/** Messages that are read with one question. */
const PAGE = 200;

/** Those of a subscription that failed, the newest first: 1,000 at most are kept. */
async function* failedOf(store: Store, { id }: Merchant, endpoint: number) {
  const { webhooks } = store.reader(id);
  let before: number | undefined;
  for (;;) {
    const query = { endpoint, state: 'failed' as const, before, limit: PAGE };
    const page = await webhooks.listDeliveries(query);
    yield* page;
    if (page.length < PAGE) return;
    before = page.at(-1)?.id;
  }
}

/** Prints the messages that failed. */
export function listFailed(command: Command, id: string, options: OfMerchant): Promise<void> {
  return withMerchant(command, options, async (store, merchant) => {
    const endpoint = await requireEndpoint(store.reader(merchant.id), 'push', id);
    const rows = [];
    for await (const one of failedOf(store, merchant, endpoint.id)) rows.push(presentMessage(one));
    const columns: Columns<(typeof rows)[number]> = {
      id: (row) => row.id,
      event: (row) => row.event,
      'message id': (row) => row.messageId,
      attempts: (row) => row.attempts,
      ended: (row) => row.endedAt,
    };
    await printList(rows, { columns, toJson: (row) => row }, options);
  });
}

/** Has one message, or all that failed, sent again. */
export function resendPush(
  command: Command,
  id: string,
  message: string | undefined,
  options: ResendOptions,
): Promise<void> {
  return withMerchant(command, options, async (store, merchant, { timeZone }) => {
    if ((message === undefined) === (options.all !== true)) {
      throw new Error('give the id of a message, or --all');
    }
    const endpoint = await requireEndpoint(store.reader(merchant.id), 'push', id);
    const ids = message === undefined ? [] : [message];
    if (message === undefined) {
      for await (const one of failedOf(store, merchant, endpoint.id)) ids.unshift(String(one.id));
    }
    for (const one of ids) {
      await store.transact(merchant.id, async (unit) => {
        const delivery = await requireDelivery(unit, endpoint, one);
        return resendDelivery(unit, operatorWork(unit, timeZone), endpoint, delivery);
      });
    }
    if (options.json) await printJson({ id, resent: ids.length });
    else await printLine(`${ids.length} to be sent again`);
  });
}

async function print(
  shown: Readonly<Record<string, unknown>>,
  { json }: OfMerchant,
): Promise<void> {
  if (json) await printJson(shown);
  else await printFields(shown);
}
