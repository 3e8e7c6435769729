/** The store's interface for long work: what a call began, and the background finishes in batches. */
import type { Eventually } from './eventually';
import type { RowPart } from './page';

/** Unfinished work on one subject. */
export interface LongWork {
  readonly id: number;
  /** The name of its kind. */
  readonly kind: string;
  /** The row of the product, billing plan, offer or account that it is about. */
  readonly subject: number;
  /** That one's name, for people. */
  readonly name: string;
  /** The author of its changes. */
  readonly actor: string;
  /** The call that began it, or that changed its subject last. */
  readonly callId: string | undefined;
  /** UTC milliseconds. */
  readonly begunAt: number;
  /** Rows that were visited, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** The kinds of work that are what is left of one change of an object: not for the background, but after a kill. */
export const LONG_CHANGES = [
  'access of an AutoBill',
  'access of an order',
  'access of a transferred AutoBill',
  'access of a transferred order',
] as const;

/** Whether work is what is left of a change. */
export function isLongChange({ kind }: Pick<LongWork, 'kind'>): boolean {
  return (LONG_CHANGES as readonly string[]).includes(kind);
}

/** The rows that are still to be visited: those after `after`, up to `until`. */
export interface WorkRange {
  readonly after: number;
  readonly until: number;
  /** Those of the least turn come first. */
  readonly turn: number;
  /** What a visit needs to know of the state before. */
  readonly detail: string | undefined;
}

/** Unfinished work, and its merchant's login. */
export interface ListedWork extends LongWork {
  readonly merchant: string;
}

/** Look-ups of one merchant's unfinished work. */
export interface LongWorkReads {
  /** Whether there is any: most merchants have none, and need ask nothing else. */
  hasAny(): Eventually<boolean>;
  /** In the order in which it was begun. */
  list(part: RowPart): Eventually<LongWork[]>;
}

/** Look-ups and changes of one merchant's long work, within a unit of work. */
export interface LongWorkWrites extends LongWorkReads {
  find(id: number): Eventually<LongWork | undefined>;
  findOf(kind: string, subject: number): Eventually<LongWork | undefined>;
  /** All of a kind, in the order of its subjects. @param part after a subject */
  listOf(kind: string, part: RowPart): Eventually<LongWork[]>;
  /** In the order of their rows. @param last the one before the first; undefined: from the first of all */
  listRanges(
    work: number,
    last: Pick<WorkRange, 'after'> | undefined,
    limit: number,
  ): Eventually<WorkRange[]>;
  /** The turn of its last; 0: it has none. */
  lastTurn(work: number): Eventually<number>;
  /** The next in turn, or undefined where nothing is left. */
  firstRange(work: number): Eventually<WorkRange | undefined>;
  /** The range that holds a row; undefined: it is not to be visited any more. */
  findRange(work: number, row: number): Eventually<WorkRange | undefined>;
  /** @returns its row */
  insert(work: Omit<LongWork, 'id'>): Eventually<number>;
  update(work: LongWork): Eventually<void>;
  insertRange(work: number, range: WorkRange): Eventually<void>;
  /** @param after which range */
  deleteRange(work: number, after: number): Eventually<void>;
  /** Forgets work of which nothing is left. */
  delete(work: number): Eventually<void>;
}

/** Which work is meant: that of these kinds, or all other. */
export interface KindsOfWork {
  readonly names: readonly string[];
  readonly others?: boolean;
}

/** All work. */
export const ALL_WORK: KindsOfWork = { names: [], others: true };

/** The next in turn. */
export interface NextWork extends Pick<LongWork, 'id' | 'done'> {
  readonly merchantId: number;
}

/** Long work of every merchant, for the background and the operator. */
export interface LongWorkOfAll {
  /** The first after `id` in the order in which work was begun; undefined: none. @param kinds default: all */
  next(id: number, kinds?: KindsOfWork): Eventually<NextWork | undefined>;
  /** What is unfinished, of one merchant or all, in the order in which it was begun. */
  list(merchantId: number | undefined, part: RowPart): Eventually<ListedWork[]>;
}
