/** The actions of `latchkey webhook` about webhooks themselves. */
import type { Command } from 'commander';
import type { Merchant, Reader, Store, UnitOfWork } from '../../store/store';
import type { Endpoint } from '../../store/webhooks';
import { requireEndpoint } from '../../webhooks/endpoints';
import { addWebhook, changeWebhook, rotateSecret, standardSettings } from '../../webhooks/webhooks';
import { type Columns, printList } from '../list';
import { printFields, printJson, printLine } from '../print';
import { chooseMerchant } from './choose-merchant';
import { type FormatMoment, momentFormat } from './moments';
import { operatorWork } from './operator';
import { withStore } from './with-store';

/** The options of its commands. */
export interface WebhookOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly url?: string;
  readonly types?: string;
  readonly description?: string;
  readonly disable?: boolean;
  readonly enable?: boolean;
}

/** The types of an option: `a,b` */
export function readTypes(text: string | undefined): string[] | undefined {
  return text?.split(',').map((type) => type.trim());
}

/** Makes a webhook, and prints it with its secret, once. It may lead to a private address. */
export function add(command: Command, url: string, options: WebhookOptions): Promise<void> {
  const { description } = options;
  const types = readTypes(options.types);
  return withWebhooks(command, options, async ({ store, merchant, timeZone, format }) => {
    const { endpoint, secret } = await store.transact(merchant.id, (unit) =>
      addWebhook(unit, operatorWork(unit, timeZone), { url, types, description, private: true }),
    );
    await print(
      { ...(await toShown(store.reader(merchant.id), endpoint, format)), secret },
      options,
    );
  });
}

/** Prints the webhooks of a merchant. */
export function list(command: Command, options: WebhookOptions): Promise<void> {
  return withWebhooks(command, options, async ({ store, merchant, format }) => {
    const reader = store.reader(merchant.id);
    const found = await reader.webhooks.list('webhook');
    const rows = await Promise.all(found.map((one) => toShown(reader, one, format)));
    const columns: Columns<Shown> = {
      id: ({ id }) => id,
      state: ({ state }) => state,
      waiting: ({ waiting }) => waiting,
      url: ({ url }) => url,
    };
    await printList(rows, { columns, toJson: (row) => row }, options);
  });
}

/** Prints a webhook. */
export function show(command: Command, id: string, options: WebhookOptions): Promise<void> {
  return withWebhooks(command, options, async ({ store, merchant, format }) => {
    const reader = store.reader(merchant.id);
    await print(
      await toShown(reader, await requireEndpoint(reader, 'webhook', id), format),
      options,
    );
  });
}

/** Changes a webhook, and prints it. */
export function change(command: Command, id: string, options: WebhookOptions): Promise<void> {
  const { url, description, disable = false, enable = false } = options;
  if (disable && enable) throw new Error('--disable and --enable contradict each other');
  if (
    [url, options.types, description].every((value) => value === undefined) &&
    disable === enable
  ) {
    throw new Error('nothing to change: give --url, --types, --description, --disable or --enable');
  }
  const types = options.types === 'all' ? null : readTypes(options.types);
  const disabled = disable ? true : enable ? false : undefined;
  return withWebhooks(command, options, async ({ store, merchant, timeZone, format }) => {
    const changes = { url, types, description, disabled, private: true };
    const changed = await store.transact(merchant.id, async (unit) =>
      changeWebhook(
        unit,
        operatorWork(unit, timeZone),
        await requireEndpoint(unit, 'webhook', id),
        changes,
      ),
    );
    await print(await toShown(store.reader(merchant.id), changed, format), options);
  });
}

/** Removes a webhook. */
export function remove(command: Command, id: string, options: WebhookOptions): Promise<void> {
  return withWebhooks(command, options, async ({ store, merchant }) => {
    await store.transact(merchant.id, async (unit) =>
      unit.webhooks.delete((await requireEndpoint(unit, 'webhook', id)).id),
    );
    if (options.json) await printJson({ id, removed: true });
    else await printLine(`the webhook ${id} is removed`);
  });
}

/** Gives a webhook a new secret, and prints that, once. */
export function rotate(command: Command, id: string, options: WebhookOptions): Promise<void> {
  return withWebhooks(command, options, async ({ store, merchant, timeZone, format }) => {
    const turn = async (unit: UnitOfWork) => {
      const endpoint = await requireEndpoint(unit, 'webhook', id);
      return rotateSecret(unit, operatorWork(unit, timeZone), endpoint);
    };
    const { secret, until } = await store.transact(merchant.id, turn);
    await print({ id, secret, formerSecretUntil: format(until) }, options);
  });
}

/** What the commands work with. */
export interface WebhookSurroundings {
  readonly store: Store;
  readonly merchant: Merchant;
  readonly timeZone: string;
  readonly format: FormatMoment;
}

/** Opens the database, and finds the merchant that a command is about. */
export function withWebhooks(
  command: Command,
  { merchant: login }: Pick<WebhookOptions, 'merchant'>,
  act: (surroundings: WebhookSurroundings) => Promise<void>,
): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, login);
    await act({ store, merchant, timeZone, format: momentFormat(timeZone) });
  });
}

async function print(shown: Readonly<Record<string, unknown>>, { json }: WebhookOptions) {
  if (json) await printJson(shown);
  else await printFields(shown);
}

type Shown = Awaited<ReturnType<typeof toShown>>;

/** A webhook as it is printed: without its secrets. */
async function toShown({ webhooks }: Reader, endpoint: Endpoint, format: FormatMoment) {
  const { types, description } = standardSettings(endpoint);
  const { disabledAt, failingSince } = endpoint;
  return {
    id: endpoint.endpointId,
    url: endpoint.url,
    state: disabledAt !== undefined ? 'disabled' : failingSince ? 'failing' : 'enabled',
    types: types?.join(','),
    description,
    created: format(endpoint.createdAt),
    by: endpoint.createdBy,
    last: endpoint.cursor,
    waiting: await webhooks.countWaiting(endpoint.id),
    failingSince: format(failingSince),
    pausedUntil: format(endpoint.notBefore),
    disabled: format(disabledAt),
    reason: endpoint.disabledReason,
  };
}
