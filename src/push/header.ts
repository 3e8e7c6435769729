/**
 * The header of messages, as CashBox 21.0 has it: every field is text.
 * Decided: docs/decisions/push.md
 */
import { eventIdOf, momentOf } from '../feed/present';
import type { DateTimeFormat } from '../soap/date-time';
import type { AccountEvent, AutoBillDocument } from '../store/events';
import type { PushKind } from './classes';
import { digestOf } from './content';
import { localTime } from './times';
import type { JsonObject } from './write-object';

/** What all messages of a server have in common. */
export interface HeaderFormat {
  readonly dateTime: DateTimeFormat;
  /** `22_0` */
  readonly soapVersion: string;
}

/**
 * The fields of a header but `submitted`, the moment at which a message is first sent.
 * @param login the merchant's
 */
export function headerOf(
  login: string,
  stored: AccountEvent,
  { className, eventName }: PushKind,
  { dateTime, soapVersion }: HeaderFormat,
): JsonObject {
  const actor = (stored.line ?? stored.event)?.actor ?? '';
  return {
    author_id: digestOf(['author', login, actor]),
    class_name: className,
    ...ownFields(stored, className),
    // An event sends one message at most, so its id is the message's: in retries and to every endpoint the same.
    message_id: eventIdOf(login, stored),
    event_name: eventName,
    merchant_vid: merchantVid(login),
    soap_version: soapVersion,
    event_timestamp: localTime(momentOf(stored), dateTime),
  };
}

/** Merchants have no VID: a digest of the login stands for it. */
export function merchantVid(login: string): string {
  return digestOf(['merchant', login]);
}

function ownFields({ account, line, event }: AccountEvent, className: string): JsonObject {
  if (className === 'entitlement') return { x_el_id: String(line?.id ?? '') };
  if (className === 'accounts') return { merchant_customer_vid: account.VID };
  const { VID = '' } = (event?.document ?? {}) as Partial<AutoBillDocument>;
  return { autobill_vid: VID };
}
