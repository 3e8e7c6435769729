/**
 * Sends what the feed has to every endpoint: reads on from their cursors, makes messages, has them sent, and writes down
 * what came of it. A loop of the background; attempts go on beside its batches.
 * Decided: docs/decisions/webhooks.md
 */
import type { Logger } from 'pino';
import type { Time } from '../base/time';
import type { Store } from '../store/store';
import type { Delivery, Endpoint, ReadyEndpoint } from '../store/webhooks';
import { bodyOf, readOn, WINDOW } from './filling';
import type { FormatOf } from './formats';
import { type Result, settle } from './settling';
import { STOPPED, type Transport } from './transport';

/** How often it is looked for something to do, in milliseconds: another process may have changed something. */
const LOOK = 250;

/** How long answers are collected before they are written down together. */
const COLLECT = 5;

/** How long calls may hold up a batch, in milliseconds, and how often it is looked meanwhile whether they do. */
const MOST_PATIENCE = 1000;
const PATIENT_LOOK = 20;

/** Endpoints that have their turn in one batch. */
const ENDPOINTS = 50;

/** Attempts under way at once: of one endpoint, of one that fails, and about how many of all. */
const MOST_OF_ENDPOINT = 32;
const MOST_OF_FAILING = 4;
const MOST = 1024;

/** Events that are read, and attempts that are begun, in one batch: some milliseconds' worth. */
const CALM = { events: 400, attempts: 64 };
/** The same while calls hold up others. */
const BUSY = { events: 32, attempts: 32 };

export interface DeliveriesOptions {
  readonly store: Store;
  readonly time: Pick<Time, 'after' | 'elapsed'>;
  readonly transport: Transport;
  readonly formatOf: FormatOf;
  readonly logger: Logger;
  /** From 0 to 1, for jitter. */
  readonly chance: () => number;
  /** Whether calls take all that there is: deliveries give way to them for a while. */
  readonly isBusy: () => boolean;
  /** Has the background ask what is due. */
  readonly wake: () => void;
}

/** The messages of every merchant, on their way. */
export class Deliveries {
  readonly name = 'messages to endpoints';
  /** The messages that are being sent, by their rows. */
  private readonly underWay = new Map<number, Delivery>();
  /** The lanes that have one under way. */
  private readonly lanes = new Set<string>();
  /** How many are under way, by the endpoint's row. */
  private readonly counts = new Map<number, number>();
  /** What came of attempts, until it is written down. */
  private results: Result[] = [];
  /** Attempts that have not ended yet. */
  private sending = 0;
  private readonly aborting = new AbortController();
  private stopping = false;
  /** Whether the last batch left something to do at once. */
  private more = false;
  private lastLook = -Infinity;
  private lastRun = -Infinity;
  private after = 0;
  private collecting: (() => void) | undefined;
  private whenIdle: (() => void) | undefined;

  constructor(private readonly options: DeliveriesOptions) {}

  /** As the background asks. */
  async due(): Promise<number | undefined> {
    const { store, time } = this.options;
    const now = store.now();
    const elapsed = time.elapsed();
    const mayWait = elapsed - this.lastRun < MOST_PATIENCE;
    if (!this.more && this.results.length === 0) {
      const wait = this.lastLook + LOOK - elapsed;
      if (wait > 0) return now + wait;
      this.lastLook = elapsed;
      const [ready] = await store.webhooks.listReady({ now, window: WINDOW, after: 0, limit: 1 });
      if (!ready || this.stopping) return now + LOOK;
    }
    if (mayWait && this.options.isBusy()) return now + PATIENT_LOOK;
    return now;
  }

  /** One batch: writes down what came, reads on in the feed, begins attempts. */
  async run(): Promise<void> {
    const { store, time, isBusy, formatOf } = this.options;
    this.lastRun = time.elapsed();
    const most = isBusy() ? BUSY : CALM;
    const results = this.results;
    this.results = [];
    const ready = await this.listReady();
    const events = Math.ceil(most.events / Math.max(1, ready.length));
    const [filled, settled] = await Promise.all([
      Promise.all(ready.map((endpoint) => readOn(store, formatOf, endpoint, events))),
      this.writeDown(results),
    ]);
    let begun = 0;
    for (const endpoint of ready) {
      if (begun >= most.attempts || this.stopping) break;
      // What came just now counts: it may ask for a pause, or have been disabled.
      const present = { ...endpoint, ...settled.get(endpoint.id) };
      begun += await this.begin(present, most.attempts - begun);
    }
    this.more = begun > 0 || filled.some(Boolean);
  }

  /** Whether the lead must be kept. */
  keepsLead(): boolean {
    return this.underWay.size + this.results.length > 0;
  }

  /**
   * Begins no other attempt, and waits for those under way; what came of them is written down.
   * @param limit milliseconds, after which those are ended that are left; they are made again after the next start
   */
  async stop(limit: number): Promise<void> {
    this.stopping = true;
    if (this.sending > 0) {
      const idle = new Promise<void>((resolve) => (this.whenIdle = resolve));
      const cancel = this.options.time.after(limit, () => this.aborting.abort());
      await idle;
      cancel();
    }
    this.collecting?.();
    const results = this.results;
    this.results = [];
    await this.writeDown(results);
    this.options.transport.close();
  }

  /** In turn: where there are many, no one waits for long. */
  private async listReady(): Promise<ReadyEndpoint[]> {
    const { store } = this.options;
    const query = { now: store.now(), window: WINDOW, limit: ENDPOINTS };
    let ready = await store.webhooks.listReady({ ...query, after: this.after });
    if (ready.length === 0 && this.after > 0) {
      ready = await store.webhooks.listReady({ ...query, after: 0 });
    }
    this.after = ready.length < ENDPOINTS ? 0 : (ready.at(-1)?.id ?? 0);
    return ready;
  }

  /** @returns the endpoints of these results as they are then, by their rows */
  private async writeDown(results: readonly Result[]): Promise<Map<number, Endpoint>> {
    const { store, formatOf, logger, chance } = this.options;
    const settled = new Map<number, Endpoint>();
    const merchants = new Set(results.map(({ endpoint }) => endpoint.merchantId));
    try {
      await Promise.all(
        [...merchants].map(async (merchantId) => {
          const own = results.filter(({ endpoint }) => endpoint.merchantId === merchantId);
          const tools = { formatOf, logger, chance };
          const states = await store.transact(merchantId, (unit) => settle(unit, own, tools));
          for (const [row, endpoint] of states) settled.set(row, endpoint);
        }),
      );
    } catch (error) {
      // What is written down already is left out the next time.
      this.results.push(...results);
      throw error;
    }
    for (const { delivery } of results) this.free(delivery);
    return settled;
  }

  /** Begins attempts of an endpoint. @returns how many */
  private async begin(endpoint: ReadyEndpoint, most: number): Promise<number> {
    const { store } = this.options;
    const { disabledAt, notBefore = 0 } = endpoint;
    if (disabledAt !== undefined || notBefore > store.now()) return 0;
    const own = this.counts.get(endpoint.id) ?? 0;
    const room = Math.min(most, this.roomOf(endpoint) - own);
    if (room <= 0) return 0;
    const reader = store.reader(endpoint.merchantId);
    // Those under way are still due.
    const due = await reader.webhooks.listDue(endpoint.id, store.now(), own + room);
    let begun = 0;
    for (const delivery of due) {
      if (begun === room) break;
      if (this.underWay.has(delivery.id) || this.lanes.has(laneOf(delivery))) continue;
      this.take(delivery);
      begun += 1;
      void this.attempt(endpoint, delivery);
    }
    return begun;
  }

  private roomOf({ failingSince }: ReadyEndpoint): number {
    const fair = Math.max(1, Math.floor(MOST / (this.counts.size + 1)));
    return Math.min(failingSince === undefined ? MOST_OF_ENDPOINT : MOST_OF_FAILING, fair);
  }

  /** Never rejects: whatever goes wrong is a result. */
  private async attempt(endpoint: ReadyEndpoint, delivery: Delivery): Promise<void> {
    const { store, transport, formatOf, logger } = this.options;
    const at = store.now();
    this.sending += 1;
    try {
      const body = delivery.body ?? (await bodyOf(store, formatOf, endpoint, delivery));
      if (body === undefined) {
        this.results.push({ endpoint, delivery, at, now: at, reply: undefined });
      } else {
        const message = { id: delivery.messageId, body };
        const outgoing = formatOf(endpoint).requestOf(message, endpoint, at);
        const reply = await transport.send(endpoint, outgoing, this.aborting.signal);
        // It says nothing of the endpoint, and is made again after the next start.
        if (reply.failure === STOPPED) this.free(delivery);
        else {
          const made = delivery.body === undefined ? body : undefined;
          this.results.push({ endpoint, delivery, at, now: store.now(), reply, made });
        }
      }
    } catch (error) {
      logger.error({ err: error, endpoint: endpoint.endpointId }, 'message not sent');
      const failure = 'the message could not be made';
      const reply = { status: undefined, answer: undefined, failure, duration: 0 };
      this.results.push({ endpoint, delivery, at, now: store.now(), reply });
    }
    this.ended();
  }

  private ended(): void {
    const { time, wake } = this.options;
    this.sending -= 1;
    if (this.sending === 0) this.whenIdle?.();
    this.collecting ??= time.after(COLLECT, () => {
      this.collecting = undefined;
      wake();
    });
  }

  private take(delivery: Delivery): void {
    this.underWay.set(delivery.id, delivery);
    this.lanes.add(laneOf(delivery));
    this.counts.set(delivery.endpoint, (this.counts.get(delivery.endpoint) ?? 0) + 1);
  }

  /** Only when it is written down: else it would be sent once more. */
  private free(delivery: Delivery): void {
    this.underWay.delete(delivery.id);
    this.lanes.delete(laneOf(delivery));
    const left = (this.counts.get(delivery.endpoint) ?? 1) - 1;
    if (left === 0) this.counts.delete(delivery.endpoint);
    else this.counts.set(delivery.endpoint, left);
  }
}

function laneOf({ endpoint, lane }: Delivery): string {
  return `${endpoint} ${lane}`;
}
