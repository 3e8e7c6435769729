/** The action of `latchkey events`. It reads the database itself, so it needs no server and outlives one. */
import type { Command } from 'commander';
import { SYSTEM_TIME } from '../../base/time';
import { type FeedQuery, readPage } from '../../feed/page';
import type { Event } from '../../feed/present';
import { readTypes } from '../../feed/types';
import type { Reader } from '../../store/store';
import { requireAccount } from '../../support/find-accounts';
import { type Columns, printList } from '../list';
import { Output, stdout } from '../output';
import { chooseMerchant } from './choose-merchant';
import { upToDate } from './ledger-filter';
import { wholeNumber } from './numbers';
import { withStore } from './with-store';

/** Its options. */
export interface EventsOptions {
  readonly merchant?: string;
  readonly after?: string;
  readonly types?: string;
  readonly account?: string;
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** Events that are read and held at a time. */
const PAGE = 500;

/** Between two looks whether something has happened, in milliseconds. */
const LOOK = 250;

/**
 * Prints the events while they are read.
 * @throws Error when an option names what there isn't
 */
export function printEvents(command: Command, options: EventsOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const reader = store.reader(merchant.id);
    const query = await queryOf(reader, options);
    await upToDate(store, timeZone);
    // Columns would be measured first: lines that come one by one are printed as they come.
    const output = options.follow ? new Output(process.stdout, false) : stdout;
    const onEnd = async () => {
      if (!options.follow) return false;
      await output.flush();
      await new Promise<void>((resolve) => SYSTEM_TIME.after(LOOK, resolve));
      return true;
    };
    const events = eventsAfter(reader, merchant.login, query, onEnd);
    await printList(events, { columns: COLUMNS, toJson: (event) => event }, options, output);
  });
}

async function queryOf(
  reader: Reader,
  { after, types, account }: EventsOptions,
): Promise<FeedQuery> {
  const number = wholeNumber('--after', after, { least: 0, most: Number.MAX_SAFE_INTEGER });
  const refuse = (problem: string) => {
    throw new Error(`--types ${problem}`);
  };
  return {
    after: number ?? 0,
    limit: PAGE,
    types: types === undefined ? undefined : readTypes(types, refuse),
    accountId: account === undefined ? undefined : (await requireAccount(reader, account)).id,
  };
}

/** @param onEnd called where there are no more; whether to look again */
async function* eventsAfter(
  reader: Reader,
  login: string,
  query: FeedQuery,
  onEnd: () => Promise<boolean>,
): AsyncGenerator<Event> {
  let { after } = query;
  for (;;) {
    const { events, last, more } = await readPage(reader, login, { ...query, after });
    yield* events;
    after = last;
    if (more) continue;
    do if (!(await onEnd())) return;
    while ((await reader.events.last()) === after);
  }
}

/** The parts of an event's data that a line shows; each type has some. */
interface Shown {
  readonly account?: { readonly VID: string; readonly merchantAccountId?: string };
  readonly entitlement?: { readonly merchantEntitlementId: string };
  readonly order?: { readonly orderId: string };
  readonly autoBill?: { readonly VID: string; readonly merchantAutoBillId?: string };
  readonly endpoint?: { readonly id: string };
  readonly changed?: readonly string[];
  readonly from?: { readonly VID: string; readonly merchantAccountId?: string };
  readonly actor?: string;
  readonly note?: string;
  readonly soapId?: string;
  readonly reason?: string;
}

const shown = ({ data }: Event) => data as Shown;
const nameOf = (account: Shown['account']) => account && (account.merchantAccountId ?? account.VID);

function subjectOf(event: Event): string | undefined {
  const { entitlement, order, autoBill, endpoint, changed, from } = shown(event);
  if (entitlement) return entitlement.merchantEntitlementId;
  if (order) return order.orderId;
  if (autoBill) return autoBill.merchantAutoBillId ?? autoBill.VID;
  if (endpoint) return endpoint.id;
  return nameOf(from) ?? changed?.join(', ');
}

const COLUMNS: Columns<Event> = {
  number: ({ sequence }) => sequence,
  when: ({ timestamp }) => timestamp,
  type: ({ type }) => type,
  account: (event) => nameOf(shown(event).account),
  about: subjectOf,
  actor: (event) => shown(event).actor,
  note: (event) => shown(event).note,
  soapId: (event) => shown(event).soapId,
  reason: (event) => shown(event).reason,
};
