/**
 * The behaviour of every store, on any database. A driver's own test calls `describeStore` with
 * a maker of stores.
 */
import { SYSTEM_TIME, type Time } from '../../src/base/time';
import type { Commit, OnCommit } from '../../src/store/observing';
import type { Store } from '../../src/store/store';
import { accounts } from './accounts';
import { answers } from './answers';
import { apiKeys } from './api-keys';
import { autoBills } from './auto-bills';
import { catalogue } from './catalogue';
import { due } from './due';
import { entitlements } from './entitlements';
import { events } from './events';
import { figures } from './figures';
import { leases } from './leases';
import { ledger } from './ledger';
import { merchants } from './merchants';
import { observing } from './observing';
import { orders } from './orders';
import { people } from './people';
import { search } from './search';
import { AT, type Part, type Subject } from './subject';
import { units } from './units';
import { users } from './users';
import { uses } from './uses';
import { webhooks } from './webhooks';

const PARTS: Readonly<Record<string, Part>> = {
  accounts,
  answers,
  'API keys': apiKeys,
  AutoBills: autoBills,
  catalogue,
  entitlements,
  due,
  events,
  figures,
  leases,
  ledger,
  merchants,
  observing,
  orders,
  people,
  search,
  'units of work': units,
  users,
  uses,
  webhooks,
};

/**
 * Describes a driver's stores.
 * @param open makes an empty store, dated by that time, whose commits are reported
 */
export function describeStore(
  name: string,
  open: (time: Time, onCommit: OnCommit) => Store | Promise<Store>,
): void {
  describe(name, () => {
    let subject: Subject;

    beforeEach(async () => {
      let now = AT;
      const commits: Commit[] = [];
      const time = { ...SYSTEM_TIME, now: () => now, uptime: undefined };
      const store = await open(time, (commit) => commits.push(commit));
      const add = async (login: string) =>
        (await store.insertMerchant({ login, passwordHash: `hash of ${login}`, createdAt: AT })).id;
      const acme = await add('acme');
      const rival = await add('rival');
      subject = { store, acme, rival, setNow: (moment) => (now = moment), commits };
    });

    afterEach(() => subject.store.close());

    for (const [part, describePart] of Object.entries(PARTS)) {
      describe(part, () => describePart(() => subject));
    }
  });
}
