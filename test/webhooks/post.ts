/** Deliveries as the background runs them, on a clock that stands until a test moves it, over real connections. */
import { pino } from 'pino';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import type { Store } from '../../src/store/store';
import type { Attempt, Delivery, Endpoint, NewEndpoint } from '../../src/store/webhooks';
import { Deliveries } from '../../src/webhooks/deliveries';
import { type FormatOf, formatsOf } from '../../src/webhooks/formats';
import { STANDARD } from '../../src/webhooks/standard';
import { createTransport, type Transport } from '../../src/webhooks/transport';
import { ManualTime } from '../background/manual-time';
import { grantOf, vidOf } from '../store-suite/subject';
import { endpointOf } from '../store-suite/webhooks';

/** When everything begins: the present, for receivers hold signatures against their own clock. */
const BEGIN = Math.floor(Date.now() / 1000) * 1000;

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Longer than it takes until the next look. */
const LOOK = 300;

export class Post {
  readonly time = new ManualTime(BEGIN);
  readonly store: Store;
  readonly log: Array<Record<string, unknown>> = [];
  /** Attempts under way. */
  readonly pending = new Set<Promise<unknown>>();
  /** URLs whose attempts are not waited for. */
  readonly hanging = new Set<string>();
  merchant = 0;
  deliveries!: Deliveries;

  private constructor(
    path: string,
    private readonly formatOf: FormatOf,
  ) {
    this.store = openSqliteStore(path, this.time);
  }

  /** @param formats those of endpoints; default: Standard Webhooks */
  static async open(path = ':memory:', formats = formatsOf([STANDARD])): Promise<Post> {
    const post = new Post(path, formats);
    const known = await post.store.findMerchant('acme');
    const made = { login: 'acme', passwordHash: '', createdAt: BEGIN };
    post.merchant = (known ?? (await post.store.insertMerchant(made))).id;
    post.restart();
    return post;
  }

  /** As a new process: nothing is known but what was written down. */
  restart(): void {
    const logger = pino(
      { level: 'debug' },
      { write: (line: string) => this.log.push(JSON.parse(line) as Record<string, unknown>) },
    );
    this.deliveries = new Deliveries({
      store: this.store,
      time: this.time,
      transport: this.watched(createTransport(this.time)),
      formatOf: this.formatOf,
      logger,
      chance: () => 0,
      isBusy: () => false,
      wake: () => undefined,
    });
  }

  private watched(transport: Transport): Transport {
    return {
      send: (target, ...rest) => {
        const sent = transport.send(target, ...rest);
        if (!this.hanging.has(target.url)) {
          this.pending.add(sent);
          void sent.then(() => this.pending.delete(sent));
        }
        return sent;
      },
      close: () => transport.close(),
    };
  }

  async endpoint(name: string, url: string, more: Partial<NewEndpoint> = {}): Promise<number> {
    const values = { private: true, settings: {}, secrets: { signing: [{ value: SECRET }] } };
    return this.store.transact(this.merchant, async (unit) =>
      unit.webhooks.insert(endpointOf(name, { url, ...values, ...more })),
    );
  }

  account(name: string): Promise<number> {
    return this.store.transact(this.merchant, async (unit) =>
      unit.insertAccount({ VID: vidOf(name), merchantAccountId: name }, this.time.now()),
    );
  }

  /** Grants an entitlement: one event. */
  grant(account: number, id: string): Promise<void> {
    return this.store.transact(this.merchant, async (unit) =>
      unit.recordChange(grantOf(account, id, { at: unit.now() })),
    );
  }

  /** Lets time pass, and then everything happen that is due. */
  async pass(milliseconds = LOOK): Promise<void> {
    await this.time.pass(milliseconds);
    for (;;) {
      const due = await this.deliveries.due();
      if (due !== undefined && due <= this.time.now()) await this.deliveries.run();
      else if (this.pending.size === 0) break;
      await Promise.all(this.pending);
      await new Promise(setImmediate);
    }
  }

  async found(endpoint: number): Promise<Endpoint> {
    const found = await this.store.reader(this.merchant).webhooks.findRow(endpoint);
    if (!found) throw new Error('there is no such endpoint');
    return found;
  }

  /** Its messages, the first first, with their attempts. */
  async messages(endpoint: number): Promise<Array<Delivery & { all: Attempt[] }>> {
    const { webhooks } = this.store.reader(this.merchant);
    const listed = await webhooks.listDeliveries({ endpoint, limit: 1000 });
    return Promise.all(
      listed.reverse().map(async (one) => ({ ...one, all: await webhooks.listAttempts(one.id) })),
    );
  }

  async close(): Promise<void> {
    const stopped = this.deliveries.stop(0);
    await this.time.pass(0);
    await stopped;
    await this.store.close();
  }
}
