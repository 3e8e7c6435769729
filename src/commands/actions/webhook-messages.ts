/** The actions of `latchkey webhook` about the messages to one. */
import type { Command } from 'commander';
import { SYSTEM_TIME } from '../../base/time';
import type { UnitOfWork } from '../../store/store';
import { type Attempt, type Delivery, DELIVERY_STATES } from '../../store/webhooks';
import {
  lastBefore,
  replay,
  requireDelivery,
  requireEndpoint,
  resendDelivery,
  testEndpoint,
} from '../../webhooks/endpoints';
import { STANDARD } from '../../webhooks/standard';
import { type Columns, printList } from '../list';
import { printJson, printLine } from '../print';
import type { FormatMoment } from './moments';
import { readMoment } from './moments';
import { wholeNumber } from './numbers';
import { operatorWork } from './operator';
import { withWebhooks } from './webhook';

/** The options of its commands. */
export interface MessageOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly status?: string;
  readonly limit?: string;
  readonly after?: string;
  readonly since?: string;
}

/** How long a test is waited for, in milliseconds, and how often it is looked. */
const PATIENCE = 20_000;
const LOOK = 200;

/** Adds the message of a test, and waits for what the server makes of it. */
export function test(command: Command, id: string, options: MessageOptions): Promise<void> {
  return withWebhooks(command, options, async ({ store, merchant, timeZone, format }) => {
    const made = await store.transact(merchant.id, async (unit) =>
      testEndpoint(unit, operatorWork(unit, timeZone), await requireEndpoint(unit, 'webhook', id), {
        format: STANDARD,
        login: merchant.login,
      }),
    );
    const { webhooks } = store.reader(merchant.id);
    for (let waited = 0; waited < PATIENCE; waited += LOOK) {
      const [attempt] = await webhooks.listAttempts(made.id);
      if (attempt) {
        const shown = toAttempt(attempt, format);
        if (options.json) await printJson({ message: String(made.id), ...shown });
        else await printLine(`message ${made.id}: ${inWords(attempt)}`);
        if (attempt.failure !== undefined) process.exitCode = 1;
        return;
      }
      await new Promise<void>((resolve) => SYSTEM_TIME.after(LOOK, resolve));
    }
    throw new Error(`the message ${made.id} still waits: a running server sends it`);
  });
}

/** Prints messages to a webhook, or the attempts of one. */
export function deliveries(
  command: Command,
  id: string,
  message: string | undefined,
  options: MessageOptions,
): Promise<void> {
  const { status } = options;
  const state = DELIVERY_STATES.find((one) => one === status);
  if (status !== undefined && state === undefined) {
    throw new Error(`--status: "${status}" is not one of ${DELIVERY_STATES.join(', ')}`);
  }
  const limit = wholeNumber('--limit', options.limit, { least: 1, most: 10_000 }) ?? 100;
  return withWebhooks(command, options, async ({ store, merchant, format }) => {
    const reader = store.reader(merchant.id);
    const endpoint = await requireEndpoint(reader, 'webhook', id);
    if (message !== undefined) {
      const { id: row } = await requireDelivery(reader, endpoint, message);
      const attempts = await reader.webhooks.listAttempts(row);
      const toJson = (attempt: Attempt) => toAttempt(attempt, format);
      await printList(attempts, { columns: attemptColumns(format), toJson }, options);
      return;
    }
    const found = await reader.webhooks.listDeliveries({ endpoint: endpoint.id, state, limit });
    const toJson = (delivery: Delivery) => toMessage(delivery, format);
    await printList(found, { columns: messageColumns(format), toJson }, options);
  });
}

/** Has a message be sent once more. */
export function resend(
  command: Command,
  id: string,
  message: string,
  options: MessageOptions,
): Promise<void> {
  return withWebhooks(command, options, async ({ store, merchant, timeZone }) => {
    await store.transact(merchant.id, async (unit) => {
      const endpoint = await requireEndpoint(unit, 'webhook', id);
      const delivery = await requireDelivery(unit, endpoint, message);
      await resendDelivery(unit, operatorWork(unit, timeZone), endpoint, delivery);
    });
    if (options.json) await printJson({ message, status: 'waiting' });
    else await printLine(`the message ${message} is sent once more`);
  });
}

/** Has all since an event or a moment be sent once more. */
export function replayAll(command: Command, id: string, options: MessageOptions): Promise<void> {
  const most = Number.MAX_SAFE_INTEGER;
  const after = wholeNumber('--after', options.after, { least: 0, most });
  const since = readMoment('--since', options.since);
  if ((after === undefined) === (since === undefined)) {
    throw new Error('give either --after or --since');
  }
  return withWebhooks(command, options, async ({ store, merchant }) => {
    const { cursor } = await store.transact(merchant.id, async (unit: UnitOfWork) => {
      const endpoint = await requireEndpoint(unit, 'webhook', id);
      return replay(unit, endpoint, after ?? (await lastBefore(unit, since ?? 0)));
    });
    if (options.json) await printJson({ id, after: cursor });
    else await printLine(`all after the event ${cursor} is sent once more`);
  });
}

function messageColumns(format: FormatMoment): Columns<Delivery> {
  return {
    message: ({ id }) => id,
    status: ({ state }) => state,
    type: ({ event }) => event,
    sequence: ({ sequence }) => (sequence === 0 ? undefined : sequence),
    attempts: ({ attempts }) => attempts,
    made: ({ madeAt }) => format(madeAt),
    next: ({ dueAt }) => format(dueAt),
  };
}

function toMessage(
  { id, messageId, event, sequence, state, ...of }: Delivery,
  format: FormatMoment,
) {
  return {
    message: String(id),
    messageId,
    type: event,
    sequence: sequence === 0 ? undefined : sequence,
    status: state,
    attempts: of.attempts,
    made: format(of.madeAt),
    next: format(of.dueAt),
    ended: format(of.endedAt),
  };
}

function attemptColumns(format: FormatMoment): Columns<Attempt> {
  return {
    attempt: ({ number }) => number,
    at: ({ at }) => format(at),
    milliseconds: ({ duration }) => duration,
    status: ({ status }) => status,
    failure: ({ failure }) => failure,
    answer: ({ answer }) => answer,
  };
}

function toAttempt(
  { number, at, duration, status, failure, answer }: Attempt,
  format: FormatMoment,
) {
  return { attempt: number, at: format(at), milliseconds: duration, status, failure, answer };
}

function inWords({ status, failure, duration }: Attempt): string {
  return failure ?? `answered ${status} after ${duration} ms`;
}
