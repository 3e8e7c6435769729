/**
 * CashBox's push notifications as formats of messages: one text, two ways to send it.
 * Decided: docs/decisions/push.md
 */
import type { ContractVersion } from '../contract/model';
import { readSources } from '../feed/present';
import { createDateTimeFormat, type DateTimeFormat } from '../soap/date-time';
import type { AccountEvent, StoredEvent } from '../store/events';
import type { Reader } from '../store/store';
import type { Endpoint } from '../store/webhooks';
import { type Format, laneOf, type Making, type Message } from '../webhooks/format';
import { kindOf, type PushKind } from './classes';
import { isGivenBesides } from './coalesce';
import { writeCompact } from './compact-json';
import { contentOf, type ContentReads } from './content';
import { headerOf, merchantVid } from './header';
import { PUSH_FORMATS, requestOf } from './request';
import { type PushSettings, pushSettings } from './settings';
import { localTime, submittedAt } from './times';
import type { JsonObject } from './write-object';

export interface PushOptions {
  /** The version of the contract by which objects are written, asked for when the first is. */
  readonly version: () => ContractVersion;
  /** What messages call that version: `22_0`. */
  readonly soapVersion: string;
  /** The IANA zone of moments. */
  readonly timeZone: string;
}

/** Builds the formats. */
export function createPushFormats({ version, soapVersion, timeZone }: PushOptions): Format[] {
  const dateTime = createDateTimeFormat(timeZone);
  const tools = { version, soapVersion, dateTime };
  return PUSH_FORMATS.map((name) => ({
    name,
    kind: 'push',
    messagesOf: (reader, endpoint, events, making) =>
      messagesOf(tools, reader, { endpoint, events, making }),
    testOf: (endpoint, newId, making) => testOf(tools, endpoint, newId, making),
    requestOf: ({ body }, endpoint) => requestOf(name, body, accessOf(endpoint)),
    delayAfter: (attempts, endpoint) => {
      const { retries, interval } = pushSettings(endpoint);
      return attempts > retries ? undefined : interval * 1000;
    },
    steady: true,
    jitter: false,
  }));
}

interface Tools extends Omit<PushOptions, 'timeZone'> {
  readonly dateTime: DateTimeFormat;
}

interface Asked {
  readonly endpoint: Endpoint;
  readonly events: readonly StoredEvent[];
  readonly making: Making;
}

async function messagesOf(
  tools: Tools,
  reader: Reader,
  { endpoint, events, making }: Asked,
): Promise<Message[]> {
  const settings = pushSettings(endpoint);
  const wanted: Array<readonly [AccountEvent, PushKind]> = [];
  for (const event of events) {
    // No class is about endpoints.
    if (!event.account) continue;
    const kind = kindOf(event);
    if (kind && (await isWanted(reader, settings, event, kind))) wanted.push([event, kind]);
    await reader.pause();
  }
  const sources = await readSources(
    reader,
    wanted.map(([event]) => event),
  );
  const messages: Message[] = [];
  for (const [event, kind] of wanted) {
    messages.push(await messageOf(tools, { reader, sources }, event, kind, making));
    await reader.pause(WEIGHT);
  }
  return messages;
}

/** What making a message costs, in rows of a list. */
const WEIGHT = 5;

async function isWanted(
  reader: Reader,
  { class: wanted, skip, coalesce }: PushSettings,
  { account, line }: AccountEvent,
  { className, eventName }: PushKind,
): Promise<boolean> {
  if (className !== wanted || skip.includes(eventName)) return false;
  return !coalesce || !line || !(await isGivenBesides(reader, account.id, line));
}

async function messageOf(
  { version, soapVersion, dateTime }: Tools,
  reads: ContentReads,
  event: AccountEvent,
  kind: PushKind,
  { login, at }: Making,
): Promise<Message> {
  const content = await contentOf(reads, event, kind, { version: version(), dateTime });
  const header = headerOf(login, event, kind, { soapVersion, dateTime });
  const { message_id: id } = header as { message_id: string };
  const { sequence } = event;
  const body = textOf(content, header, submittedAt(at, dateTime));
  return { id, name: nameOf(kind), sequence, lane: laneOf(event), body };
}

/** `entitlement/start` */
function nameOf({ className, eventName }: PushKind): string {
  return `${className}/${eventName}`;
}

function textOf(content: JsonObject, header: JsonObject, submitted: string): string {
  return writeCompact({ content, header: { ...header, submitted } });
}

/** A test has the class of its subscription, an event that no class has, and no content. */
function testOf(
  { soapVersion, dateTime }: Tools,
  endpoint: Endpoint,
  newId: string,
  { login, at }: Making,
): Message {
  const { class: className } = pushSettings(endpoint);
  const header = {
    class_name: className,
    message_id: newId,
    event_name: TEST,
    merchant_vid: merchantVid(login),
    soap_version: soapVersion,
    event_timestamp: localTime(at, dateTime),
  };
  const body = textOf({}, header, submittedAt(at, dateTime));
  return { id: newId, name: `${className}/${TEST}`, sequence: 0, lane: 0, body };
}

const TEST = 'test';

function accessOf({ settings, secrets }: Endpoint) {
  const { basicUser: user } = pushSettings({ settings });
  const { signing, password = '' } = secrets;
  const key = signing[0]?.value ?? '';
  return { key, basic: user === undefined ? undefined : { user, password } };
}
