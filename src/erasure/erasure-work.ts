/**
 * What the erasure of an account does with any number of lines of the ledger, orders, AutoBills, kept answers and events.
 * Decided: docs/decisions/erasure.md
 */
import { unevenPagesOf } from '../base/pages';
import { holds, isPersonal, type Person, pseudonymOf } from '../base/personal';
import type { Work } from '../base/work';
import { type About, beginWork, type WorkKind } from '../batches/long-work';
import { ERASURE_WORK, type ErasureWrites, type LineText } from '../store/erasures';
import type { UnitOfWork } from '../store/store';
import {
  AUTO_BILL_WORK,
  byFormerName,
  joinRenamed,
  OWNER_WORK,
  pseudonymsIn,
  type Renamed,
} from '../subscriptions/erase-auto-bill';

/** What visits look for. It is kept with the work, and gone when that is done. */
export interface Sought extends Person {
  /** Texts by which answers name the account: e-mail addresses, VIDs, ids that say who it is. */
  readonly inAnswers: readonly string[];
  /** The accounts themselves, as lines of transfers name them. */
  readonly renamed: readonly Renamed[];
}

/** Writes it down for visits. */
export function writeSought(sought: Sought): string {
  return JSON.stringify(sought);
}

function readSought(detail: string | undefined): Sought {
  return JSON.parse(detail ?? '{"names":[],"values":[],"inAnswers":[],"renamed":[]}') as Sought;
}

const [LINES, ORDERS, ANSWERS, EVENTS, NAMES, MESSAGES, PARENTS, RELATED] = ERASURE_WORK;

/** The rows that are changed or read at once. */
const SOME = 500;

/** Takes the note of a line, and descriptions that hold a value. */
const LINE_WORK: WorkKind = {
  name: LINES,
  weight: 1,
  walk: ({ erasures }) => erasures.ofLines,
  visit: async ({ erasures }, _work, row, { detail }) => {
    const person = readSought(detail);
    const text = await renameInLine(erasures, row, byFormerName(person.renamed));
    if (!text) return;
    const parts = (Object.keys(text) as Array<keyof LineText>).filter((part) => {
      const value = text[part];
      return (
        value !== undefined && (part === 'note' ? !OWN_NOTE.test(value) : isPersonal(value, person))
      );
    });
    if (parts.length > 0) await erasures.eraseLineText(row, parts);
  },
};

/** Gives the pseudonym to an account that a line of a transfer names. @returns the line's text after it */
async function renameInLine(
  erasures: ErasureWrites,
  row: number,
  names: ReadonlyMap<string, string>,
): Promise<LineText | undefined> {
  const text = await erasures.findLineText(row);
  const [, way, name] = /^(from|to) (.+)$/s.exec(text?.note ?? '') ?? [];
  const pseudonym = name === undefined ? undefined : names.get(name);
  if (!text || pseudonym === undefined) return text;
  const note = `${way} ${pseudonym}`;
  await erasures.renameInNote(row, note);
  return { ...text, note };
}

/** Gives the pseudonym to the account in the lines of another that gave or got what it had. */
const NAME_WORK: WorkKind = {
  name: NAMES,
  weight: 1,
  joined: joinRenamed,
  walk: ({ erasures }) => erasures.ofLines,
  visit: async (unit, _work, row, { detail }) => {
    await renameInLine(unit.erasures, row, pseudonymsIn(unit, detail));
  },
};

/** Begins all that has another account name one by its pseudonym. @param about the other; `detail` is a list of Renamed */
export async function renameIn(unit: UnitOfWork, work: Work, about: About): Promise<void> {
  for (const kind of [NAME_WORK, OWNER_WORK, MESSAGE_WORK]) {
    await beginWork(unit, work, kind, about);
  }
}

/** The same of every account that gave what this one has. */
export const RELATED_WORK: WorkKind = {
  name: RELATED,
  weight: 10,
  joined: joinRenamed,
  walk: ({ erasures }) => erasures.ofTransferred,
  visit: (unit, work, subject, { name, detail }) => renameIn(unit, work, { subject, name, detail }),
};

/** Notes of transfers that name accounts by pseudonyms. */
const OWN_NOTE = /^(?:from|to) erased-[0-9a-f]{40}$/;

/** Takes what the feed says of the account, its orders and AutoBills. */
const EVENT_WORK: WorkKind = {
  name: EVENTS,
  weight: 1,
  walk: ({ erasures }) => erasures.ofEvents,
  visit: async ({ erasures }, _work, sequence) => erasures.eraseEvent(sequence),
};

/** Takes the texts of messages to endpoints about the account; also those about one that named it by its former id. */
const MESSAGE_WORK: WorkKind = {
  name: MESSAGES,
  weight: 2,
  walk: ({ webhooks }) => webhooks.ofAccount,
  visit: async ({ webhooks }, _work, row) => webhooks.erase(row),
};

/**
 * Has a child name its parent by the pseudonym, and takes the texts of messages about it, which name the parent. `detail`
 * is the parent as Renamed.
 */
export const PARENT_WORK: WorkKind = {
  name: PARENTS,
  weight: 4,
  walk: ({ erasures }, detail) => erasures.ofChildren(readRenamed(detail).from),
  visit: async (unit, work, row, { detail }) => {
    const child = await unit.findAccount(row);
    if (!child) return;
    await unit.setParent(row, readRenamed(detail).to);
    const { VID: name } = child;
    await beginWork(unit, work, MESSAGE_WORK, { subject: row, name, detail: undefined });
  },
};

function readRenamed(detail = '{}'): Renamed {
  return JSON.parse(detail) as Renamed;
}

/** Gives an order whose id is a person's another one. */
const ORDER_WORK: WorkKind = {
  name: ORDERS,
  weight: 10,
  walk: ({ orders }) => orders.ofAccount,
  visit: async (unit, { newId }, row, { detail }) => {
    const order = await unit.orders.findOrderAt(row);
    if (!order || !isPersonal(order.orderId, readSought(detail))) return;
    const name = pseudonymOf(newId());
    await unit.erasures.renameOrder(row, name);
    while (!(await unit.erasures.renameOrderLines(order.orderId, name, SOME))) {
      await unit.pause(SOME);
    }
  },
  ended: eraseAgain,
};

/** What happened to orders and AutoBills meanwhile was written down, and sent, with what they still had of the person. */
async function eraseAgain(unit: UnitOfWork, work: Work, about: About): Promise<void> {
  for (const kind of [EVENT_WORK, MESSAGE_WORK]) await beginWork(unit, work, kind, about);
}

/** Takes the answers that name the account; a repeat of their requests is refused. */
const ANSWER_WORK: WorkKind = {
  name: ANSWERS,
  weight: 5,
  walk: ({ erasures }) => erasures.ofAnswers,
  visit: async (unit, _work, keptAt, { detail }) => {
    const { erasures } = unit;
    const { inAnswers: sought, ...person } = readSought(detail);
    // JSON writes some characters in another way.
    const written = sought.map((value) => JSON.stringify(value).slice(1, -1));
    const read = (last: { key: string } | undefined, limit: number) =>
      erasures.listAnswers(keptAt, last?.key ?? '', limit);
    for await (const answers of unevenPagesOf(read, (rows) => unit.pause(rows))) {
      for (const { key, body } of answers) {
        if (isPersonal(key, person) || holds(key, sought)) await erasures.deleteAnswer(key);
        else if (holds(body, written)) await erasures.blankAnswer(key);
      }
    }
  },
};

/** Those of the account itself, in the order in which they are begun. */
export const ERASURE_KINDS: readonly WorkKind[] = [
  LINE_WORK,
  ORDER_WORK,
  ANSWER_WORK,
  { ...AUTO_BILL_WORK, ended: eraseAgain },
  EVENT_WORK,
  MESSAGE_WORK,
];

/** The same, those of its children, and those of accounts that gave or got what it had. */
export const ALL_ERASURE_KINDS: readonly WorkKind[] = [
  ...ERASURE_KINDS,
  PARENT_WORK,
  RELATED_WORK,
  NAME_WORK,
  OWNER_WORK,
];
