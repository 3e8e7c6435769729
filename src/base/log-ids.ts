/**
 * How the log shows the ids and e-mail addresses that a refused call names.
 * Decided: docs/decisions/log.md
 */
import { createHmac } from 'node:crypto';
import { isIdTooLong } from './id-limit';
import { cut } from './quote';

/** In clear, as digests, or not at all. */
export const LOG_IDS = ['on', 'hashed', 'off'] as const;

export type LogIdsMode = (typeof LOG_IDS)[number];

/** What an id names; the log's fields have these names. */
export type IdKind =
  'account' | 'otherAccount' | 'VID' | 'email' | 'order' | 'autoBill' | 'entitlement';

/** The ids that a call names, in the order in which it does. */
export type NamedIds = ReadonlyArray<readonly [kind: IdKind, id: string]>;

/** Fields of a log line. */
export type LogFields = Readonly<Record<string, string>>;

/** Writes ids for the log. */
export interface LogIds {
  /**
   * The fields of a refused call's line: the first id of each kind, and the texts that say why it was refused, with
   * each of the ids in them shown alike. Never rejects: where no digest can be made, nothing of an id is shown.
   */
  readonly describe: (named: NamedIds, texts: LogFields) => Promise<LogFields>;
}

/** Shows one id; a text for one that is left out of a sentence. */
type Show = (id: string) => string;

/** An id that the server made: it says nothing without the database. */
const OPAQUE = /^[0-9a-f]{40}$/;

const LEFT_OUT = '…';

/** Hexadecimal digits of a digest: 64 bits are enough for millions of ids. */
const DIGITS = 16;

/** Between the words of a message. */
const GAPS = /([\s"'<>()[\]{},;]+)/;

/**
 * @param findKey the key of digests; asked once, and only where digests are shown
 */
export function createLogIds(
  mode: LogIdsMode,
  findKey: () => Uint8Array | Promise<Uint8Array>,
): LogIds {
  let known: Uint8Array | undefined;
  const findShow = async (): Promise<Show> => {
    if (mode === 'on') return cut;
    if (mode === 'off') return () => LEFT_OUT;
    try {
      const key = (known ??= await findKey());
      return (id) => (OPAQUE.test(id) ? id : digestId(key, id));
    } catch {
      // The line itself says that the database fails.
      return () => LEFT_OUT;
    }
  };
  return {
    describe: async (named, texts) => {
      const show = await findShow();
      const fields: Record<string, string> = {};
      for (const [kind, id] of named) {
        if (fields[kind] !== undefined) continue;
        const shown = kind === 'entitlement' && mode === 'hashed' ? cut(id) : show(id);
        if (shown !== LEFT_OUT) fields[kind] = shown;
      }
      for (const [name, text] of Object.entries(texts)) {
        fields[name] = mode === 'on' ? text : withoutIds(text, named, show);
      }
      return fields;
    },
  };
}

/**
 * The digest by which the log names an id, in whatever case it is written.
 * @param key the database's own: without it a list of addresses cannot be tried out
 */
export function digestId(key: Uint8Array, id: string): string {
  // None that is kept is longer, and composing a long row of accents takes the square of its length.
  const composed = isIdTooLong(id) ? id : id.normalize('NFC');
  const digest = createHmac('sha256', key).update(composed.toLowerCase()).digest('hex');
  return `#${digest.slice(0, DIGITS)}`;
}

/**
 * A message that quotes the ids of its call, or an address that it was not read from. Every place is looked at once:
 * an id in the digest of another would make each of them double the message.
 */
function withoutIds(text: string, named: NamedIds, show: Show): string {
  const quoted = new Map<string, string>();
  for (const [kind, id] of named) if (kind !== 'entitlement') quoted.set(cut(id), id);
  const clean =
    quoted.size === 0
      ? text
      : text.replace(anyOf([...quoted.keys()]), (found) => show(quoted.get(found) ?? found));
  return clean
    .split(GAPS)
    .map((word) => (word.includes('@') ? show(word) : word))
    .join('');
}

/** Finds texts that stand by themselves: the id `a` is no part of the word `account`. The longest counts. */
function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = [...texts].sort((one, other) => other.length - one.length);
  const any = longestFirst.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'gu');
}
