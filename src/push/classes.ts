/**
 * The classes of messages and their events, and the changes that send them: the only table.
 * Decided: docs/decisions/push.md
 */
import { isFinished, type Standing } from '../entitlements/subscription';
import { activityOf } from '../feed/present';
import type { AccountDocument } from '../ledger/record-account';
import type { AccountEvent, AutoBillDocument, RecordedEvent } from '../store/events';

/** The events of each class (observed). A subscription is for one class. */
export const PUSH_EVENTS = {
  entitlement: ['start', 'stop'],
  autobills: ['start', 'stop', 'modify'],
  accounts: ['create', 'data change'],
} as const;

export type PushClass = keyof typeof PUSH_EVENTS;
export type PushEvent = (typeof PUSH_EVENTS)[PushClass][number];

/** In the order of the documents. */
export const PUSH_CLASSES = Object.keys(PUSH_EVENTS) as readonly PushClass[];

/** What a message says. */
export interface PushKind {
  readonly className: PushClass;
  readonly eventName: PushEvent;
}

/** The message that an event of the feed sends; undefined: it sends none. */
export function kindOf({ line, event }: AccountEvent): PushKind | undefined {
  if (line) {
    const { was, is } = activityOf(line);
    if (was === is) return undefined;
    return { className: 'entitlement', eventName: is ? 'start' : 'stop' };
  }
  return event && (ofAutoBill(event) ?? ofAccount(event));
}

function ofAutoBill({ type, reason, document }: RecordedEvent): PushKind | undefined {
  if (!type.startsWith('autobill.')) return undefined;
  const eventName = autoBillEvent(type, reason, document as AutoBillDocument | undefined);
  return eventName && { className: 'autobills', eventName };
}

function autoBillEvent(
  type: RecordedEvent['type'],
  reason: string | undefined,
  document: AutoBillDocument | undefined,
): PushEvent | undefined {
  if (type === 'autobill.ended') return 'stop';
  if (type === 'autobill.started') return 'start';
  // An erased one has no course; a transfer is what its entitlements say.
  if (!document || reason === 'transferred') return undefined;
  const stands = document.standing as Standing;
  if (isFinished(stands)) return undefined;
  const { stood } = document;
  // It runs again, or sooner than it was to.
  if (stood !== undefined && !runs(stood as Standing) && runs(stands)) return 'start';
  const modifies = type === 'autobill.modified' || type === 'autobill.canceled';
  return modifies && stood !== undefined ? 'modify' : undefined;
}

/** Whether it runs: it has started, and has not ended. */
function runs(standing: Standing): boolean {
  return standing !== 'pending' && !isFinished(standing);
}

function ofAccount({ type, document }: RecordedEvent): PushKind | undefined {
  if (type === 'account.created') return { className: 'accounts', eventName: 'create' };
  if (type !== 'account.updated') return undefined;
  const { changed = [] } = (document ?? {}) as Partial<AccountDocument>;
  // Whose child it is belongs to its family.
  const isFamily = changed.length > 0 && changed.every((field) => field === FAMILY);
  return isFamily ? undefined : { className: 'accounts', eventName: 'data change' };
}

const FAMILY = 'parentMerchantAccountId';
