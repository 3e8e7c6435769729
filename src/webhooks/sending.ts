/**
 * The attempts under way, and those that follow them: some messages of each endpoint at once, of each lane one. Where one
 * has ended the next is sent without waiting for the database.
 * Decided: docs/decisions/webhooks.md
 */
import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import type { Store } from '../store/store';
import type { Delivery, ReadyEndpoint } from '../store/webhooks';
import { bodyOf } from './filling';
import type { FormatOf } from './formats';
import { isSuccess } from './outcome';
import type { Result } from './settling';
import { type Reply, STOPPED, type Transport } from './transport';

/** Attempts under way at once: of one endpoint, and of one that fails. */
const MOST_OF_ENDPOINT = 32;
const MOST_OF_FAILING = 4;

/** Messages that are taken at once, sent or still to be sent: of one endpoint, and about how many of all. */
const AHEAD = 256;
const MOST = 1024;

export interface SendingOptions {
  readonly store: Store;
  readonly transport: Transport;
  readonly formatOf: FormatOf;
  readonly logger: Logger;
  /** Called when an attempt has ended. */
  readonly onEnd: () => void;
}

/** The messages of one endpoint that are taken. */
interface Line {
  /** As it was read last. */
  endpoint: ReadyEndpoint;
  /** Those that are still to be sent. */
  readonly next: Delivery[];
  /** Attempts that have not ended yet. */
  sending: number;
  /** Those, the next ones, and those of which nothing is written down yet. */
  taken: number;
}

/** What is being sent. A message stays taken until what came of it is written down: else it would be sent once more. */
export class Sending {
  private readonly rows = new Set<number>();
  private readonly lanes = new Set<string>();
  /** By the endpoint's row. */
  private readonly lines = new Map<number, Line>();
  private readonly aborting = new AbortController();
  /** What came of attempts. */
  private results: Result[] = [];
  private whenIdle: (() => void) | undefined;

  constructor(private readonly options: SendingOptions) {
    // Each attempt listens: Node would take that many for a leak, and print it.
    setMaxListeners(0, this.aborting.signal);
  }

  /** Whether anything has come that is to be written down. */
  get hasResults(): boolean {
    return this.results.length > 0;
  }

  /** Whether any message is taken. */
  get isBusy(): boolean {
    return this.rows.size > 0;
  }

  /** What has come since it was asked last. */
  takeResults(): Result[] {
    return this.results.splice(0);
  }

  /** They could not be written down. */
  putBack(results: readonly Result[]): void {
    this.results.push(...results);
  }

  /** How many messages of an endpoint are taken. */
  takenOf({ id }: ReadyEndpoint): number {
    return this.lines.get(id)?.taken ?? 0;
  }

  /** How many messages of an endpoint can be taken; none as long as it has enough of them. */
  roomOf(endpoint: ReadyEndpoint): number {
    const taken = this.takenOf(endpoint);
    if (endpoint.failingSince !== undefined) return MOST_OF_FAILING - taken;
    const fair = Math.max(1, Math.floor(MOST / (this.lines.size + 1)));
    const most = Math.min(AHEAD, fair);
    return taken > most / 2 ? 0 : most - taken;
  }

  /** Takes messages that are due, of each lane one, and begins to send them. @returns how many */
  take(endpoint: ReadyEndpoint, due: readonly Delivery[], room: number): number {
    const line = this.lines.get(endpoint.id) ?? { endpoint, next: [], sending: 0, taken: 0 };
    line.endpoint = endpoint;
    const { taken } = line;
    for (const delivery of due) {
      if (line.taken - taken === room) break;
      const lane = laneOf(delivery);
      if (this.rows.has(delivery.id) || this.lanes.has(lane)) continue;
      this.rows.add(delivery.id);
      this.lanes.add(lane);
      line.next.push(delivery);
      line.taken += 1;
    }
    if (line.taken > 0) this.lines.set(endpoint.id, line);
    this.sendNext(endpoint.id);
    return line.taken - taken;
  }

  /** What came of these messages is written down. */
  free(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.rows.delete(delivery.id);
      this.lanes.delete(laneOf(delivery));
      const line = this.lines.get(delivery.endpoint);
      if (!line) continue;
      line.taken -= 1;
      if (line.taken === 0) this.lines.delete(delivery.endpoint);
    }
  }

  /** Sends no other message; fulfils when the attempts under way have ended. */
  async stop(): Promise<void> {
    for (const line of [...this.lines.values()]) this.drop(line);
    if (![...this.lines.values()].some(({ sending }) => sending > 0)) return;
    await new Promise<void>((resolve) => (this.whenIdle = resolve));
  }

  /** Ends the attempts under way. They are made again after the next start. */
  abort(): void {
    this.aborting.abort();
  }

  private sendNext(row: number): void {
    const line = this.lines.get(row);
    if (!line) return;
    const { failingSince } = line.endpoint;
    const most = failingSince === undefined ? MOST_OF_ENDPOINT : MOST_OF_FAILING;
    while (line.sending < most) {
      const delivery = line.next.shift();
      if (!delivery) return;
      line.sending += 1;
      void this.attempt(line.endpoint, delivery);
    }
  }

  /** Those that are still to be sent are not sent now. */
  private drop({ next }: Line): void {
    this.free(next.splice(0));
  }

  /** Never rejects: whatever goes wrong is a result. */
  private async attempt(endpoint: ReadyEndpoint, delivery: Delivery): Promise<void> {
    const { store, logger } = this.options;
    const at = store.now();
    let reply: Reply | undefined;
    try {
      const text = await this.textOf(endpoint, delivery);
      if (text !== undefined) reply = await this.send(endpoint, delivery.messageId, text, at);
    } catch (error) {
      logger.error({ err: error, endpoint: endpoint.endpointId }, 'message not sent');
      const failure = 'the message could not be made';
      reply = { status: undefined, answer: undefined, failure, duration: 0 };
    }
    this.end(delivery, { endpoint, delivery, at, now: store.now(), reply });
  }

  /** Undefined: nothing is left to be said. */
  private textOf(
    endpoint: ReadyEndpoint,
    delivery: Delivery,
  ): Promise<string | undefined> | string {
    const { store, formatOf } = this.options;
    return delivery.body ?? bodyOf(store, formatOf, endpoint, delivery);
  }

  private send(endpoint: ReadyEndpoint, id: string, body: string, at: number): Promise<Reply> {
    const { transport, formatOf } = this.options;
    const outgoing = formatOf(endpoint).requestOf({ id, body }, endpoint, at);
    return transport.send(endpoint, outgoing, this.aborting.signal);
  }

  private end(delivery: Delivery, result: Result): void {
    const line = this.lines.get(delivery.endpoint);
    if (line) line.sending -= 1;
    const { reply } = result;
    // It says nothing of the endpoint.
    if (reply?.failure === STOPPED) this.free([delivery]);
    else this.results.push(result);
    // A failure may mean a pause, or the end of all: what follows is found out when it is written down.
    if (line && reply && !isSuccess(reply)) this.drop(line);
    this.sendNext(delivery.endpoint);
    if (this.whenIdle && ![...this.lines.values()].some(({ sending }) => sending > 0)) {
      this.whenIdle();
    }
    this.options.onEnd();
  }
}

function laneOf({ endpoint, lane }: Delivery): string {
  return `${endpoint} ${lane}`;
}
