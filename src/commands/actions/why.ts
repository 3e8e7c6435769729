/** The action of `latchkey why`. */
import type { Command } from 'commander';
import { createDateTimeFormat } from '../../soap/date-time';
import { requireNamed } from '../../support/find-accounts';
import { presentAccess } from '../../support/present-access';
import { explainAccess } from '../../support/why';
import { printJson, printLine, printText } from '../print';
import { chooseMerchant } from './choose-merchant';
import { readMoment } from './moments';
import { withStore } from './with-store';

/** Its options. */
export interface WhyOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly entitlement?: string;
  readonly at?: string;
}

/** Prints the answer; it changes nothing. */
export function explain(command: Command, name: string, options: WhyOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const { merchant: login, entitlement, json } = options;
    const moment = readMoment('--at', options.at);
    const merchant = await chooseMerchant(store, login);
    const reader = store.reader(merchant.id);
    const now = reader.now();
    const question = { entitlement, at: moment ?? now, now };
    const { orderId, accounts } = await requireNamed(reader, name);
    const explained = [];
    for (const account of accounts) {
      explained.push(await explainAccess(reader, account, question));
    }
    const { format } = createDateTimeFormat(timeZone);
    const document = presentAccess(explained, question, format);
    if (json) return printJson(document);
    if (orderId !== undefined) await printLine(`Order ${orderId} is of this account:`);
    return printText(document.text);
  });
}
