/** The action of `latchkey merchant`. */
import type { Command } from 'commander';
import { GRACE_DAYS, PAYMENT_FAILURES } from '../../base/limits';
import { reservedFor } from '../../base/work';
import { hashPassword, newPassword } from '../../access/password';
import { type Merchant, type Reader, type Store, StoreError } from '../../store/store';
import { type Columns, printList } from '../list';
import { printFields, printJson } from '../print';
import { findMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { wholeNumber } from './numbers';
import { readPassword } from './read-password';
import { withStore } from './with-store';

/** The options of `add` and `password`. */
export interface CredentialOptions {
  readonly json?: boolean;
  readonly passwordStdin?: boolean;
}

/** The options of `set`. */
export interface SetOptions {
  readonly json?: boolean;
  readonly paymentFailureLimit?: string;
  readonly graceDays?: string;
}

/** Makes a merchant, and a database where there is none. */
export async function addMerchant(
  command: Command,
  login: string,
  options: CredentialOptions,
): Promise<void> {
  requireLogin(login);
  const given = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  await withStore(
    command,
    async (store) => {
      const secret = given ?? newPassword();
      await insert(store, login, await hashPassword(secret));
      await printCredentials(login, given === undefined ? secret : undefined, options);
    },
    { create: true },
  );
}

/** Clients write it into XML: visible characters, as names of API keys have them. */
function requireLogin(login: string): void {
  const named = reservedFor(login);
  if (named !== undefined) throw new Error(`${login} is how the ledger calls ${named}`);
  if (!/^[^\p{C}\s](?:[^\p{C}]{0,98}[^\p{C}\s])?$/u.test(login)) {
    throw new Error(
      'a login has 1 to 100 characters, none of them invisible, no space at its ends',
    );
  }
}

async function insert(store: Store, login: string, passwordHash: string): Promise<void> {
  try {
    await store.insertMerchant({ login, passwordHash, createdAt: store.now() });
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'refused') {
      throw new Error(`there is a merchant ${login} already`, { cause: error });
    }
    throw error;
  }
}

/** Prints the merchants and how they are treated. */
export function listMerchants(command: Command, options: { json?: boolean }): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const format = momentFormat(timeZone);
    const merchants = await store.listMerchants();
    const rows = await Promise.all(
      merchants.map(async ({ id, login, createdAt }) => {
        const { paymentFailureLimit, graceDays } = await treatmentOf(store.reader(id));
        return { login, createdAt: format(createdAt), paymentFailureLimit, graceDays };
      }),
    );
    const columns: Columns<(typeof rows)[number]> = {
      login: (row) => row.login,
      created: (row) => row.createdAt,
      'failure limit': (row) => row.paymentFailureLimit,
      'days of grace': (row) => row.graceDays,
    };
    await printList(rows, { columns, toJson: (row) => row }, options);
  });
}

/** Gives a merchant another password. */
export async function changePassword(
  command: Command,
  login: string,
  options: CredentialOptions,
): Promise<void> {
  const given = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  await withStore(command, async (store) => {
    const merchant = await findMerchant(store, login);
    const secret = given ?? newPassword();
    await store.updatePassword(merchant.id, await hashPassword(secret));
    await printCredentials(login, given === undefined ? secret : undefined, options);
  });
}

/** Changes how a merchant is treated, and prints it. */
export function setMerchant(command: Command, login: string, options: SetOptions): Promise<void> {
  return withStore(command, async (store) => {
    const merchant = await findMerchant(store, login);
    await change(store, merchant, options);
    const set = await treatmentOf(store.reader(merchant.id));
    if (options.json) await printJson({ login, ...set });
    else await printFields({ login, ...set });
  });
}

async function change(store: Store, merchant: Merchant, options: SetOptions): Promise<void> {
  const { paymentFailureLimit, graceDays } = options;
  const limit = wholeNumber('--payment-failure-limit', paymentFailureLimit, PAYMENT_FAILURES);
  const days = wholeNumber('--grace-days', graceDays, GRACE_DAYS);
  if (limit === undefined && days === undefined) {
    throw new Error('nothing to set: give --payment-failure-limit or --grace-days');
  }
  await store.transact(merchant.id, async ({ orders, autoBills }) => {
    if (limit !== undefined) await orders.updatePaymentFailureLimit(limit);
    if (days !== undefined) await autoBills.updateGraceDays(days);
  });
}

/** How a merchant is treated. */
async function treatmentOf({ orders, autoBills }: Reader) {
  return {
    paymentFailureLimit: await orders.findPaymentFailureLimit(),
    graceDays: await autoBills.findGraceDays(),
  };
}

/** @param password undefined: the operator gave it, and need not read it again */
async function printCredentials(
  login: string,
  password: string | undefined,
  { json }: CredentialOptions,
): Promise<void> {
  if (json) await printJson({ login, password });
  else await printFields({ login, password });
}
