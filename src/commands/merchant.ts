/** `latchkey merchant`: the logins that may call. */
import { Command } from 'commander';
import { hashPassword, newPassword } from '../access/password';
import { type Reader, StoreError } from '../store/store';
import { addStoreOptions, withStore } from './options';
import { momentFormat, printFields, printJson, printRow } from './print';

interface Options {
  readonly json?: boolean;
}

export function merchantCommand(): Command {
  return new Command('merchant')
    .description('Manage the logins that may call the server.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(password())
    .addCommand(set());
}

function add(): Command {
  const command = new Command('add')
    .description('Make a merchant; its password is printed once and kept only as a hash.')
    .argument('<login>');
  return addStoreOptions(command).action((login: string, options: Options) =>
    withStore(
      command,
      async (store) => {
        const secret = newPassword();
        const passwordHash = await hashPassword(secret);
        try {
          await store.insertMerchant({ login, passwordHash, createdAt: Date.now() });
        } catch (error) {
          if (error instanceof StoreError && error.kind === 'refused') {
            throw new Error(`there is a merchant ${login} already`, { cause: error });
          }
          throw error;
        }
        printCredentials(login, secret, options);
      },
      { create: true },
    ),
  );
}

function list(): Command {
  const command = new Command('list').description(
    'List the merchants: login, created, payment failure limit, days of grace.',
  );
  return addStoreOptions(command).action((options: Options) =>
    withStore(command, async (store, { timeZone }) => {
      const format = momentFormat(timeZone);
      for (const { id, login, createdAt } of await store.listMerchants()) {
        const set = await settingsOf(store.reader(id));
        if (options.json) printJson({ login, createdAt: format(createdAt), ...set });
        else printRow(login, format(createdAt), set.paymentFailureLimit, set.graceDays);
      }
    }),
  );
}

function password(): Command {
  const command = new Command('password')
    .description('Give a merchant a new password; the old one stops working at once.')
    .argument('<login>');
  return addStoreOptions(command).action((login: string, options: Options) =>
    withStore(command, async (store) => {
      const merchant = await store.findMerchant(login);
      if (!merchant) throw new Error(`there is no merchant ${login}`);
      const secret = newPassword();
      await store.updatePassword(merchant.id, await hashPassword(secret));
      printCredentials(login, secret, options);
    }),
  );
}

function set(): Command {
  const command = new Command('set')
    .description('Change how a merchant is treated.')
    .argument('<login>')
    .option(
      '--payment-failure-limit <number>',
      'as many payments of an order may fail in a row before it is revoked',
    )
    .option('--grace-days <number>', "access by an AutoBill stays so long while it isn't paid");
  return addStoreOptions(command).action((login: string, options: SetOptions) =>
    withStore(command, async (store) => {
      const merchant = await store.findMerchant(login);
      if (!merchant) throw new Error(`there is no merchant ${login}`);
      const limit = toNumber(options, 'paymentFailureLimit', 1, 1000);
      const days = toNumber(options, 'graceDays', 0, 365);
      if (limit === undefined && days === undefined) {
        throw new Error('nothing to set: give --payment-failure-limit or --grace-days');
      }
      await store.transact(merchant.id, async ({ orders, autoBills }) => {
        if (limit !== undefined) await orders.updatePaymentFailureLimit(limit);
        if (days !== undefined) await autoBills.updateGraceDays(days);
      });
      const set = await settingsOf(store.reader(merchant.id));
      if (options.json) printJson({ login, ...set });
      else printFields({ login, ...set });
    }),
  );
}

interface SetOptions extends Options {
  readonly paymentFailureLimit?: string;
  readonly graceDays?: string;
}

/** How a merchant is treated. */
async function settingsOf({ orders, autoBills }: Reader) {
  return {
    paymentFailureLimit: await orders.findPaymentFailureLimit(),
    graceDays: await autoBills.findGraceDays(),
  };
}

const FLAGS = {
  paymentFailureLimit: '--payment-failure-limit',
  graceDays: '--grace-days',
} as const;

/** @returns undefined when the option was not given. @throws Error when it isn't such a number */
function toNumber(
  options: SetOptions,
  name: keyof typeof FLAGS,
  least: number,
  most: number,
): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  if (number >= least && number <= most) return number;
  throw new Error(`${FLAGS[name]}: "${text}" is not a number from ${least} to ${most}`);
}

function printCredentials(login: string, secret: string, { json }: Options): void {
  if (json) printJson({ login, password: secret });
  else printFields({ login, password: secret });
}
