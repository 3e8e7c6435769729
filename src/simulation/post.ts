/**
 * Messages to endpoints in a simulation, each merchant's by its own clock: a step of a clock tries on the way what falls
 * due, and a loop of the background what calls bring about.
 * Decided: docs/decisions/simulation.md
 */
import type { Logger } from 'pino';
import type { Loop } from '../background/loop';
import type { Time } from '../base/time';
import type { Merchant, Store } from '../store/store';
import { type Delivery, ENDPOINT_KINDS, type ReadyEndpoint } from '../store/webhooks';
import { bodyOf, keep, readOn, WINDOW } from '../webhooks/filling';
import type { FormatOf } from '../webhooks/formats';
import { type Result, settle } from '../webhooks/settling';
import { STOPPED, type Transport } from '../webhooks/transport';

/** How often it is looked for something to do, in milliseconds. */
const LOOK = 250;

/** Endpoints that are looked at in one query. */
const PAGE = 50;

/** After every moment that a clock can show. */
const EVER = Number.MAX_SAFE_INTEGER;

/** Events that are read for an endpoint at once, and its attempts that are under way at once. */
const EVENTS = 400;
const AT_ONCE = 32;

/** The parts that this needs. */
export interface PostTools {
  readonly store: Pick<Store, 'reader' | 'transact' | 'webhooks' | 'now'>;
  readonly formatOf: FormatOf;
  readonly transport: Transport;
  readonly logger: Logger;
  readonly time: Pick<Time, 'after'>;
  /** Has the background ask what is due. */
  readonly wake: () => void;
}

/** An attempt that was made, and what became of its message. */
export interface Tried {
  readonly endpoint: ReadyEndpoint;
  /** As it was before. */
  readonly delivery: Delivery;
  /** By the merchant's clock, in UTC milliseconds. */
  readonly at: number;
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly state: Delivery['state'];
}

/** The merchant whose messages are meant. */
export type Owner = Pick<Merchant, 'id' | 'login'>;

/** Every merchant's messages. */
export class Post implements Loop {
  readonly name = 'messages to endpoints';
  /** The merchants whose messages are being tried, with the end of that. */
  private readonly busy = new Map<number, Promise<unknown>>();
  /** The merchants whose clocks are being moved on: the background leaves them alone. */
  private readonly steered = new Set<number>();
  private readonly aborting = new AbortController();
  private stopping = false;

  constructor(private readonly tools: PostTools) {}

  /** As the background asks. */
  async due(): Promise<number | undefined> {
    const now = this.tools.store.now();
    const [ready] = this.stopping ? [] : await this.listReady(1);
    return ready ? now : now + LOOK;
  }

  /** Begins with what is due of every merchant; it goes on beside other loops. */
  async run(): Promise<void> {
    const { logger, wake } = this.tools;
    for (const owner of await this.listReady(Infinity)) {
      if (this.busy.has(owner.id)) continue;
      void this.inTurn(owner, () => this.tryAll(owner))
        .catch((error: unknown) => logger.error({ err: error, loop: this.name }, 'background'))
        .finally(wake);
    }
  }

  /** Whether the lead must be kept. */
  keepsLead(): boolean {
    return this.busy.size > 0;
  }

  /**
   * Begins no other attempt, and waits for those under way.
   * @param limit milliseconds, after which those are ended that are left
   */
  async stop(limit: number): Promise<void> {
    this.stopping = true;
    const cancel = this.tools.time.after(limit, () => this.aborting.abort());
    await Promise.allSettled(this.busy.values());
    cancel();
    this.tools.transport.close();
  }

  /** Keeps the background from a merchant's messages while its clock is moved on. */
  async whileSteered<T>({ id }: Owner, work: () => Promise<T>): Promise<T> {
    this.steered.add(id);
    try {
      await this.busy.get(id)?.catch(() => undefined);
      return await work();
    } finally {
      this.steered.delete(id);
    }
  }

  /** Whether a merchant has endpoints that get messages. */
  async hasEndpoints(owner: Owner): Promise<boolean> {
    return (await this.listEnabled(owner)).length > 0;
  }

  /** The moment of a merchant's clock at which something is to be tried next; Infinity: nothing is in sight. */
  async nextOf(owner: Owner): Promise<number> {
    let next = Infinity;
    for (const endpoint of await this.listEnabled(owner)) {
      const due = (await this.hasUnread(endpoint)) ? 0 : await this.firstDue(endpoint);
      next = Math.min(next, Math.max(due, endpoint.notBefore ?? 0));
    }
    return next;
  }

  /**
   * Tries what is due of a merchant by its clock, until nothing is.
   * @param onTried called with each attempt
   * @param isOver asked before each further round whether time is up
   */
  tryDue(owner: Owner, onTried: (tried: Tried) => void, isOver: () => boolean): Promise<void> {
    return this.inTurn(owner, () => this.tryAll(owner, onTried, isOver));
  }

  private inTurn<T>({ id }: Owner, work: () => Promise<T>): Promise<T> {
    const before = this.busy.get(id) ?? Promise.resolve();
    const done = before.then(work, work);
    this.busy.set(id, done);
    const end = () => {
      if (this.busy.get(id) === done) this.busy.delete(id);
    };
    done.then(end, end);
    return done;
  }

  private async tryAll(
    owner: Owner,
    onTried: (tried: Tried) => void = () => undefined,
    isOver: () => boolean = () => false,
  ): Promise<void> {
    for (let goesOn = true; goesOn && !this.stopping && !isOver();) {
      goesOn = await this.tryRound(owner, onTried);
    }
  }

  /** @returns whether there was anything to do */
  private async tryRound(owner: Owner, onTried: (tried: Tried) => void): Promise<boolean> {
    const { formatOf, logger } = this.tools;
    const store = this.storeOf(owner.id);
    const now = store.now();
    const endpoints = await this.listEnabled(owner);
    const open = endpoints.filter(({ notBefore = 0 }) => notBefore <= now);
    let hasRead = false;
    const attempts: Array<Promise<Result | undefined>> = [];
    for (const endpoint of open) {
      const made = await readOn(store, formatOf, endpoint, EVENTS);
      if (made) {
        hasRead = true;
        await keep(store, formatOf, made);
      }
      const due = await store.reader().webhooks.listDue(endpoint.id, now, AT_ONCE);
      for (const delivery of firstOfLanes(due)) attempts.push(this.attempt(endpoint, delivery));
    }
    const results = (await Promise.all(attempts)).filter((one) => one !== undefined);
    if (results.length > 0) {
      const settling = { formatOf, logger, chance: () => 0 };
      await store.transact(owner.id, (unit) => settle(unit, results, settling));
      for (const result of results) onTried(await this.outcomeOf(result));
    }
    return hasRead || results.length > 0;
  }

  /** @returns undefined where the end of the server cut it short: then it is made again */
  private async attempt(endpoint: ReadyEndpoint, delivery: Delivery): Promise<Result | undefined> {
    const { formatOf, transport } = this.tools;
    const store = this.storeOf(endpoint.merchantId);
    const at = store.now();
    const body = delivery.body ?? (await bodyOf(store, formatOf, endpoint, delivery));
    if (body === undefined) return { endpoint, delivery, at, now: at, reply: undefined };
    const message = { id: delivery.messageId, body };
    const outgoing = formatOf(endpoint).requestOf(message, endpoint, at);
    const reply = await transport.send(endpoint, outgoing, this.aborting.signal);
    if (reply.failure === STOPPED) return undefined;
    return { endpoint, delivery, at, now: store.now(), reply };
  }

  private async outcomeOf({ endpoint, delivery, at, reply }: Result): Promise<Tried> {
    const { webhooks } = this.tools.store.reader(endpoint.merchantId);
    const { failure } = (await webhooks.listAttempts(delivery.id)).at(-1) ?? {};
    const found = await webhooks.findDelivery(delivery.id);
    // One that has ended may be forgotten at once, among many.
    const state = found?.state ?? (failure === undefined ? 'delivered' : 'failed');
    return { endpoint, delivery, at, status: reply?.status, failure, state };
  }

  /** The merchants of endpoints that have something to do, once for each endpoint. @param most endpoints to be found */
  private async listReady(most: number): Promise<Owner[]> {
    const { webhooks } = this.tools.store;
    const found: Owner[] = [];
    // Whatever waits for any moment: whether it is due, each merchant's clock says.
    const query = { now: EVER, window: WINDOW, limit: PAGE };
    for (let after = 0; found.length < most;) {
      const page = await webhooks.listReady({ ...query, after });
      for (const endpoint of page) {
        const { merchantId: id, login } = endpoint;
        if (await this.isReady(endpoint)) found.push({ id, login });
      }
      if (page.length < PAGE) break;
      after = page.at(-1)?.id ?? Infinity;
    }
    return found;
  }

  private async isReady(endpoint: ReadyEndpoint): Promise<boolean> {
    const { merchantId, notBefore = 0 } = endpoint;
    if (this.steered.has(merchantId) || this.busy.has(merchantId)) return false;
    const now = this.storeOf(merchantId).now();
    if (notBefore > now) return false;
    return (await this.hasUnread(endpoint)) || (await this.firstDue(endpoint)) <= now;
  }

  private async hasUnread({ id, merchantId, cursor, last }: ReadyEndpoint): Promise<boolean> {
    if (cursor >= last) return false;
    return (await this.tools.store.reader(merchantId).webhooks.countWaiting(id)) < WINDOW;
  }

  private async firstDue({ id, merchantId }: ReadyEndpoint): Promise<number> {
    const { webhooks } = this.tools.store.reader(merchantId);
    const [first] = await webhooks.listDue(id, EVER, 1);
    return first?.dueAt ?? Infinity;
  }

  private async listEnabled({ id: merchantId, login }: Owner): Promise<ReadyEndpoint[]> {
    const reader = this.tools.store.reader(merchantId);
    const last = await reader.events.last();
    const enabled: ReadyEndpoint[] = [];
    for (const kind of ENDPOINT_KINDS) {
      for (const endpoint of await reader.webhooks.list(kind)) {
        if (endpoint.disabledAt !== undefined) continue;
        enabled.push({ merchantId, login, last, ...endpoint });
      }
    }
    return enabled;
  }

  /** The store as a merchant's clock has it. */
  private storeOf(merchantId: number) {
    const { store } = this.tools;
    const reader = store.reader(merchantId);
    return {
      reader: () => reader,
      transact: store.transact.bind(store),
      now: () => reader.now(),
    };
  }
}

/** Messages about one account go out one after another. */
function firstOfLanes(due: readonly Delivery[]): Delivery[] {
  const lanes = new Set<number>();
  return due.filter(({ lane }) => {
    if (lanes.has(lane)) return false;
    lanes.add(lane);
    return true;
  });
}
