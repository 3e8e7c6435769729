/** `latchkey merchant`: the logins that may call. */
import { Command } from 'commander';
import { hashPassword, newPassword } from '../cashbox/password';
import { StoreError } from '../store/store';
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
    'List the merchants: login, created, payment failure limit.',
  );
  return addStoreOptions(command).action((options: Options) =>
    withStore(command, async (store, { timeZone }) => {
      const format = momentFormat(timeZone);
      for (const { id, login, createdAt } of await store.listMerchants()) {
        const paymentFailureLimit = await store.reader(id).orders.findPaymentFailureLimit();
        if (options.json) printJson({ login, createdAt: format(createdAt), paymentFailureLimit });
        else printRow(login, format(createdAt), paymentFailureLimit);
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
    .requiredOption(
      '--payment-failure-limit <number>',
      'as many payments of an order may fail in a row before it is revoked',
    );
  return addStoreOptions(command).action((login: string, options: SetOptions) =>
    withStore(command, async (store) => {
      const merchant = await store.findMerchant(login);
      if (!merchant) throw new Error(`there is no merchant ${login}`);
      const paymentFailureLimit = toLimit(options.paymentFailureLimit);
      await store.transact(merchant.id, async ({ orders }) => {
        await orders.updatePaymentFailureLimit(paymentFailureLimit);
      });
      if (options.json) printJson({ login, paymentFailureLimit });
      else printFields({ login, paymentFailureLimit });
    }),
  );
}

interface SetOptions extends Options {
  readonly paymentFailureLimit: string;
}

const MAX_LIMIT = 1000;

function toLimit(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new Error(`--payment-failure-limit: "${text}" is not a number from 1 to ${MAX_LIMIT}`);
}

function printCredentials(login: string, secret: string, { json }: Options): void {
  if (json) printJson({ login, password: secret });
  else printFields({ login, password: secret });
}
