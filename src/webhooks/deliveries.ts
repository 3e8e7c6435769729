/**
 * Sends what the feed has to every endpoint: reads on from their cursors, makes messages, has them sent, and writes down
 * what came of it. A loop of the background; attempts go on beside its batches.
 * Decided: docs/decisions/webhooks.md
 */
import type { Time } from '../base/time';
import type { DeliveryState, Endpoint, ReadyEndpoint } from '../store/webhooks';
import { keep, readOn, WINDOW } from './filling';
import { Sending, type SendingOptions } from './sending';
import { type Result, settle } from './settling';

/** How often it is looked for something to do, in milliseconds: another process may have changed something. */
const LOOK = 250;

/** How long answers are collected before they are written down together. */
const COLLECT = 5;

/** How long calls may hold up a batch, in milliseconds, and how often it is looked meanwhile whether they do. */
const MOST_PATIENCE = 1000;
const PATIENT_LOOK = 50;

/** Endpoints that have their turn in one batch. */
const ENDPOINTS = 50;

/** Events that are read, and messages that are taken, in one batch: some milliseconds' worth. */
const CALM = { events: 400, messages: 400 };
/** The same while calls hold up others. */
const BUSY = { events: 16, messages: 16 };

export interface DeliveriesOptions extends Omit<SendingOptions, 'onEnd'> {
  readonly time: Pick<Time, 'after' | 'elapsed'>;
  /** From 0 to 1, for jitter. */
  readonly chance: () => number;
  /** Whether calls take all that there is: deliveries give way to them for a while. */
  readonly isBusy: () => boolean;
  /** Has the background ask what is due. */
  readonly wake: () => void;
  /** Gets what attempts have made of their messages, once that is kept; default: nothing does. */
  readonly onSettled?: ((states: readonly DeliveryState[]) => void) | undefined;
}

/** The messages of every merchant, on their way. */
export class Deliveries {
  readonly name = 'messages to endpoints';
  private readonly sending: Sending;
  private stopping = false;
  /** Whether the last batch left something to do at once. */
  private more = false;
  private lastLook = -Infinity;
  private lastRun = -Infinity;
  private after = 0;
  private collecting: (() => void) | undefined;

  constructor(private readonly options: DeliveriesOptions) {
    this.sending = new Sending({ ...options, onEnd: () => this.collect() });
  }

  /** As the background asks. */
  async due(): Promise<number | undefined> {
    const { store, time } = this.options;
    const now = store.now();
    const elapsed = time.elapsed();
    const mayWait = elapsed - this.lastRun < MOST_PATIENCE;
    if (!this.more && !this.sending.hasResults) {
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
    const ready = await this.listReady();
    const events = Math.ceil(most.events / Math.max(1, ready.length));
    const read = await Promise.all(
      ready.map((endpoint) => readOn(store, formatOf, endpoint, events)),
    );
    // Together: one commit has all of it.
    const [settled] = await Promise.all([
      this.writeDown(this.sending.takeResults()),
      ...read.map((made) => made && keep(store, formatOf, made)),
    ]);
    let taken = 0;
    for (const endpoint of ready) {
      if (taken >= most.messages || this.stopping) break;
      // What came just now counts: it may ask for a pause, or have been disabled.
      const present = { ...endpoint, ...settled.get(endpoint.id) };
      taken += await this.take(present, most.messages - taken);
    }
    this.more = taken > 0 || read.some((made) => made !== undefined);
  }

  /** Whether the lead must be kept. */
  keepsLead(): boolean {
    return this.sending.isBusy;
  }

  /**
   * Begins no other attempt, and waits for those under way; what came of them is written down.
   * @param limit milliseconds, after which those are ended that are left; they are made again after the next start
   */
  async stop(limit: number): Promise<void> {
    const { time, transport } = this.options;
    this.stopping = true;
    const cancel = time.after(limit, () => this.sending.abort());
    await this.sending.stop();
    cancel();
    this.collecting?.();
    await this.writeDown(this.sending.takeResults());
    transport.close();
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
    const { store, onSettled } = this.options;
    const settled = new Map<number, Endpoint>();
    const merchants = new Set(results.map(({ endpoint }) => endpoint.merchantId));
    try {
      await Promise.all(
        [...merchants].map(async (merchantId) => {
          const own = results.filter(({ endpoint }) => endpoint.merchantId === merchantId);
          let states: DeliveryState[] = [];
          const onState = (state: DeliveryState) => states.push(state);
          const settling = onSettled ? { ...this.options, onState } : this.options;
          const endpoints = await store.transact(merchantId, (unit) => {
            states = [];
            return settle(unit, own, settling);
          });
          for (const [row, endpoint] of endpoints) settled.set(row, endpoint);
          onSettled?.(states);
        }),
      );
    } catch (error) {
      // What is written down already is left out the next time.
      this.sending.putBack(results);
      throw error;
    }
    this.sending.free(results.map(({ delivery }) => delivery));
    return settled;
  }

  /** Takes messages of an endpoint that are due. @returns how many */
  private async take(endpoint: ReadyEndpoint, most: number): Promise<number> {
    const { store } = this.options;
    const { disabledAt, notBefore = 0 } = endpoint;
    if (disabledAt !== undefined || notBefore > store.now()) return 0;
    const room = Math.min(most, this.sending.roomOf(endpoint));
    if (room <= 0) return 0;
    const reader = store.reader(endpoint.merchantId);
    // Those that are taken are still due.
    const limit = this.sending.takenOf(endpoint) + room;
    const due = await reader.webhooks.listDue(endpoint.id, store.now(), limit);
    return this.stopping ? 0 : this.sending.take(endpoint, due, room);
  }

  /** Has what came be written down soon, with what comes meanwhile. */
  private collect(): void {
    const { time, wake } = this.options;
    this.collecting ??= time.after(COLLECT, () => {
      this.collecting = undefined;
      wake();
    });
  }
}
