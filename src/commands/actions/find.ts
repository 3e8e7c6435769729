/** The action of `latchkey find`. */
import type { Command } from 'commander';
import { createDateTimeFormat } from '../../soap/date-time';
import { find } from '../../support/find';
import { printJson, printText } from '../print';
import { chooseMerchant } from './choose-merchant';
import { withStore } from './with-store';

/** Its options. */
export interface FindOptions {
  readonly json?: boolean;
  readonly merchant?: string;
}

/** Prints all that has the name; it changes nothing. */
export function findText(command: Command, text: string, options: FindOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const reader = store.reader(merchant.id);
    const write = createDateTimeFormat(timeZone).format;
    const document = await find(reader, text, { now: reader.now(), timeZone, write });
    return options.json ? printJson(document) : printText(document.text);
  });
}
