/** A database before it is opened, and what can be done with one that isn't. */
import type { ClockReport } from '../base/clock';
import type { Simulate } from '../base/simulate';
import type { Time } from '../base/time';
import type { CopySource, CopyTarget } from './copy-ends';
import type { Eventually } from './eventually';
import type { OnCommit } from './observing';
import type { Store } from './store';

/** How much of a backup is done; pages are the database's own. */
export interface BackupProgress {
  readonly totalPages: number;
  readonly remainingPages: number;
}

/** Something that is not as it must be. */
export interface Finding {
  readonly kind:
    | 'integrity'
    | 'text'
    | 'account'
    | 'reference'
    | 'ledger'
    | 'entitlement'
    | 'event'
    | 'order'
    | 'AutoBill';
  /** Where and what, in a sentence. */
  readonly text: string;
}

/** How much was looked at. */
export interface Checked {
  readonly entitlements: number;
  readonly ledgerLines: number;
}

/** A text that was made representable. */
export interface RepairedText {
  /** Its row and column, in words. */
  readonly place: string;
  /** The reason why it could not be given out. */
  readonly problem: string;
  /** The present text. */
  readonly text: string;
}

/** How much was changed. */
export interface Repaired {
  readonly texts: number;
  readonly ledgerLines: number;
}

/** How many connections a driver may have that has several, and how long it waits. */
export interface ConnectionSettings {
  /** For changes; each is one merchant's at a time. */
  readonly databaseWriters: number;
  /** For look-ups. */
  readonly databaseReaders: number;
  /** How long is waited for a connection or for another server's changes, in milliseconds. */
  readonly databaseWait: number;
  /** `transaction`: a pooler gives connections away after each transaction, so nothing outlasts one. */
  readonly databasePooler: 'off' | 'transaction';
}

/** A database that a driver can open. A driver leaves out the parts it has no use for. */
export interface Database {
  /** As messages name it: a file, or an address without a password. */
  readonly name: string;
  /** Whether what is written outlives the process. */
  readonly kept: boolean;
  exists(): boolean;
  /** @throws Error that says what cannot be written, why, and what to do */
  requireWritable(): void;
  /**
   * Opens it, makes it where there is none, and brings its schema up to date.
   * @param time what units of work are dated by; default: the system's
   * @param onClock gets reports of jumps of the wall clock
   * @param simulate whether it is a simulation's; default: off
   * @param onCommit gets each commit; default: nothing does, and nothing is measured
   * @throws Error when it cannot be opened, was written by a newer program, or is of the other kind
   */
  open(
    time?: Time,
    onClock?: (report: ClockReport) => void,
    simulate?: Simulate,
    onCommit?: OnCommit,
  ): Eventually<Store>;
  /**
   * Removes a merchant with all its data, for good.
   * @param exportTo where the data are written as JSON before; nothing may be there
   * @returns how many rows were removed; undefined: there is no such merchant
   * @throws MerchantHasData when it has data and no file to export it to is named
   * @throws Error when the export cannot be written: then nothing is removed
   */
  removeMerchant(login: string, exportTo: string | undefined): Eventually<number | undefined>;
  /**
   * Opens it as what another is made a copy of; whoever opens it closes it.
   * @throws SchemaError when it is not of the present schema, is a simulation's, or a server works with it
   */
  copySource(): Eventually<CopySource>;
  /**
   * Looks whether it can be made a copy of another, and changes nothing.
   * @throws SchemaError when it has anything but the beginning of a copy
   */
  requireFree(): Eventually<void>;
  /** Opens it as what is made a copy of another; whoever opens it closes it. Throws as `requireFree` does. */
  copyTarget(): Eventually<CopyTarget>;
  /** What to do in place of what a driver leaves out, in words; default: the database's own tools do it. */
  readonly instead?: Readonly<Partial<Record<'backup' | 'restore' | 'check' | 'repair', string>>>;
  /** Copies it as it is at one moment, and checks the copy. @param target a file; none may be there */
  readonly backup?: (
    target: string,
    onProgress: (progress: BackupProgress) => void,
  ) => Promise<void>;
  /**
   * Checks it, piece by piece; others may write meanwhile, also while findings are worked with.
   * @param onFindings gets the findings of each piece; the next piece waits for it
   */
  readonly check?: (
    onFindings: (found: readonly Finding[]) => void | Promise<void>,
    onProgress?: (what: string, done: number, of: number) => void,
  ) => Promise<Checked>;
  /**
   * Makes text representable that older versions let in; others may write meanwhile.
   * @param dryRun whether all is only tried and taken back
   * @param onRepaired gets each text
   */
  readonly repair?: (dryRun: boolean, onRepaired: (repaired: RepairedText) => void) => Repaired;
}
