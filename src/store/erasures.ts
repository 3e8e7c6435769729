/** The store's interface for the erasure of personal data. */
import type { Account } from '../contract/types.generated';
import type { Eventually } from './eventually';
import type { Walk } from './walk';

/** An erasure as it is written down. */
export interface StoredErasure {
  readonly accountId: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly actor: string;
  /** The call's id; undefined: it was no call. */
  readonly callId: string | undefined;
  /** Whether access was taken, too. */
  readonly revoked: boolean;
  /** When the last of it had left the database's files; undefined: not yet. UTC milliseconds. */
  readonly finishedAt: number | undefined;
}

/** A row of an account: its own, or that of one that was merged into it. */
export interface AccountNames extends Pick<
  Account,
  'merchantAccountId' | 'externalId' | 'emailAddress' | 'name' | 'company'
> {
  readonly id: number;
  readonly VID: string;
}

/** The text of a line of the ledger. */
export interface LineText {
  readonly note: string | undefined;
  readonly beforeDescription: string | undefined;
  readonly afterDescription: string | undefined;
}

/** Look-ups of one merchant's erasures. */
export interface ErasureReads {
  /** The number of the last one, of whichever merchant; 0: there was none. */
  last(): Eventually<number>;
  /** Those of an account, the first first. */
  listOf(accountId: number): Eventually<StoredErasure[]>;
}

/** Look-ups and changes for the erasure of one merchant's accounts, within a unit of work. */
export interface ErasureWrites extends ErasureReads {
  insert(erasure: Omit<StoredErasure, 'finishedAt'>): Eventually<void>;
  /** Those of an account, and of those that were merged into it. */
  listNames(accountId: number): Eventually<AccountNames[]>;
  /** The account that got what this one had: its lines and AutoBills may name it. */
  findHeir(accountId: number): Eventually<number | undefined>;
  /** The accounts whose belongings one got. */
  readonly ofTransferred: Walk;
  /**
   * Takes away all that is a person's of one row: values, address, nameValues, taxExemptions, the user's names.
   * @param names the ids that it keeps
   */
  eraseAccount(
    row: number,
    names: Pick<Account, 'merchantAccountId' | 'externalId'>,
    modifiedAt: number,
  ): Eventually<void>;
  /** Accounts that name their parent so; the subject doesn't matter. */
  ofChildren(parent: string): Walk;
  /** Gives an order another orderId. */
  renameOrder(row: number, to: string): Eventually<void>;
  /** Gives the lines of an order in the ledger, and its access, another orderId; at most `limit` lines. @returns whether that was all */
  renameOrderLines(from: string, to: string, limit: number): Eventually<boolean>;

  /** An account's lines of the ledger, in the order of their moments. */
  readonly ofLines: Walk;
  findLineText(line: number): Eventually<LineText | undefined>;
  /** Takes texts of a line away; a description from its entitlement, too. */
  eraseLineText(line: number, parts: ReadonlyArray<keyof LineText>): Eventually<void>;
  /** Gives a line that names an account another note. */
  renameInNote(line: number, note: string): Eventually<void>;

  /** What the feed says of an account beside its lines, by the numbers of the events. */
  readonly ofEvents: Walk;
  /** Takes the note and the state of an event away; what an erasure itself wrote down says nothing of a person. */
  eraseEvent(sequence: number): Eventually<void>;

  /** The moments at which answers were kept; the subject doesn't matter. */
  readonly ofAnswers: Walk;
  /**
   * Keys and bodies of answers that were kept at a moment, ordered by key: those after a key, or the first. There may be
   * fewer than the limit though others follow, where they are long; then one at least.
   */
  listAnswers(
    keptAt: number,
    after: string,
    limit: number,
  ): Eventually<Array<{ readonly key: string; readonly body: string }>>;
  /** Makes an answer one that is given no more, whatever the request. */
  blankAnswer(key: string): Eventually<void>;
  deleteAnswer(key: string): Eventually<void>;
}

/** Erasures of every merchant, for the background and the operator. */
export interface ErasuresOfAll {
  /** The first whose batches are done, and that may still be in the files; undefined: there is none. */
  nextUnfinished(): Eventually<number | undefined>;
  /** Notes that nothing of it is left in the files. @param at UTC milliseconds */
  finish(erasure: number, at: number): Promise<void>;
  /**
   * Has what was overwritten and deleted leave the database's files, its log too.
   * @returns whether it has: another process may hold it up by reading, and it is to be tried again
   */
  cleanFiles(): Promise<boolean>;
}

/** The fingerprint of an answer that was erased, that of no request; and the reason of an erasure's event. */
export const ERASED = 'erased';

/** The names of the long work of erasures. */
export const ERASURE_WORK = [
  'erasure of notes',
  'erasure of order ids',
  'erasure of answers',
  'erasure of events',
  'erasure of names',
  'erasure of messages',
  'erasure of parents',
  'erasure of related accounts',
  'erasure of AutoBills',
  'erasure of owners',
] as const;
