/// <reference lib="esnext.disposable" preserve="true" />
/** What a test gets of a simulation, in its own process or elsewhere. */
import type { z } from 'zod';
import type { Fault } from '../simulation/fault';
import type { Expectation } from '../simulation/match';
import type { Seed } from '../simulation/seed';
import type {
  Clock,
  ClockChange,
  JournalRequest,
  MadeMerchant as MadeMerchantSchema,
  MovedClock,
  NearMiss,
  OrderedFault,
  SnapshotShown,
  State,
  Verification,
  Verified,
  WholeJournalRequest,
} from '../simulation/shown';

export type { Expectation };
export type FaultInput = z.input<typeof Fault>;
export type SeedInput = z.input<typeof Seed>;
export type MadeMerchant = z.output<typeof MadeMerchantSchema>;
export type ClockState = z.output<typeof Clock>;
export type MovedClockState = z.output<typeof MovedClock>;
export type FaultState = z.output<typeof OrderedFault>;
export type RequestSummary = z.output<typeof JournalRequest>;
export type WholeRequest = z.output<typeof WholeJournalRequest>;
export type NearMissSummary = z.output<typeof NearMiss>;
export type DataState = z.output<typeof State>;
export type SnapshotState = z.output<typeof SnapshotShown>;
export type VerificationInput = z.input<typeof Verification>;
export type VerificationResult = z.output<typeof Verified>;
export type ClockAction = z.input<typeof ClockChange>['action'];

/** A moment: ISO 8601 with an offset, or a Date. */
export type Instant = string | Date;

/** A clock. Its moves answer when all that fell due was written down. */
export interface TestClock {
  get(): Promise<ClockState>;
  /** Stops it; absent: where it is. */
  freeze(instant?: Instant): Promise<MovedClockState>;
  set(instant: Instant): Promise<MovedClockState>;
  /** @param duration ISO 8601: `P1M`, `PT36H` */
  advance(duration: string): Promise<MovedClockState>;
  run(): Promise<MovedClockState>;
  /** Shows the machine's time again. */
  reset(): Promise<MovedClockState>;
}

/** Faults on demand. */
export interface TestFaults {
  /** Replaces all. */
  set(...faults: FaultInput[]): Promise<FaultState[]>;
  list(): Promise<FaultState[]>;
  clear(): Promise<void>;
}

/** The requests that came. */
export interface TestRequests {
  list(): Promise<RequestSummary[]>;
  /** @param id the soapId, or the X-Request-Id */
  get(id: string): Promise<WholeRequest>;
  find(expectation: Expectation): Promise<RequestSummary[]>;
  count(expectation: Expectation): Promise<number>;
  nearMisses(expectation: Expectation): Promise<NearMissSummary[]>;
  clear(): Promise<void>;
}

/** Data and clock that were kept. */
export interface TestSnapshot extends SnapshotState {
  restore(): Promise<DataState>;
  delete(): Promise<void>;
}

/** One merchant, as a test steers it. Every call rejects with a LatchkeyError where it is refused. */
export interface Steering {
  readonly clock: TestClock;
  readonly faults: TestFaults;
  readonly requests: TestRequests;
  /** Replaces all data, and keeps them for resets. */
  seed(seed: SeedInput): Promise<DataState>;
  /** @param to default: to the seed, where there is one */
  reset(to?: 'seed' | 'empty'): Promise<DataState>;
  /** @param name default: one that is made up */
  snapshot(name?: string): Promise<TestSnapshot>;
  /** Resolves where requests came as expected; rejects with a sentence otherwise. */
  verify(expectation: VerificationInput): Promise<VerificationResult>;
  /** Lines for the report of a test that failed: the requests that are nearly as it asked last, and the last ten. */
  report(): Promise<string>;
}

/** A merchant that was made for a test. It is removed where its `await using` ends. */
export interface TestMerchant extends Steering, MadeMerchant, AsyncDisposable {
  remove(): Promise<void>;
}

/** A merchant to be made; what is absent is made up. */
export interface MerchantOptions {
  readonly login?: string;
  readonly password?: string;
}

/** A simulation; what it steers itself is its demo merchant. */
export interface Latchkey extends Steering, AsyncDisposable {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  /** The URL of a WSDL. @param service default: Account @param version default: 22.0 */
  wsdl(service?: string, version?: string): string;
  merchant(options?: MerchantOptions): Promise<TestMerchant>;
  /** Ends a server that was started here; one that runs elsewhere goes on. */
  stop(): Promise<void>;
}
