/** Generated from the OpenAPI document of a simulation by `npm run generate`. Do not edit. */

export type MadeMerchant = { readonly login: string; readonly password: string; readonly apiKey: string; readonly endpoint: string; readonly wsdl: string; readonly control: string };

export type Error = { readonly statusCode: number; readonly message: string; readonly error: string };

export type Clock = { readonly mode: "running" | "frozen"; readonly now: string; readonly system: string; readonly nextDue?: string | undefined };

export type MovedClock = { readonly mode: "running" | "frozen"; readonly now: string; readonly system: string; readonly nextDue?: string | undefined; readonly happened: ReadonlyArray<Happened>; readonly total: number; readonly deliveries: { readonly attempts: ReadonlyArray<Attempted>; readonly total: number; readonly complete: boolean } };

export type Happened = { readonly at: string; readonly account?: string | undefined; readonly entitlement?: string | undefined; readonly action: string; readonly source?: string | undefined };

export type Attempted = { readonly at: string; readonly endpoint: string; readonly message: string; readonly event: string; readonly attempt: number; readonly status?: number | undefined; readonly failure?: string | undefined; readonly state: "waiting" | "delivered" | "failed" };

export type State = { readonly rows: number; readonly now: string };

export type Snapshot = { readonly rows: number; readonly now: string; readonly name: string; readonly takenAt: string };

export type OrderedFault = { readonly fault: Fault; readonly matched: number; readonly struck: number };

export type Fault = { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly match?: { readonly [name: string]: string | number | boolean } | undefined; readonly every?: number | undefined; readonly returnCode?: number | undefined; readonly returnString?: string | undefined; readonly status?: number | undefined; readonly fault?: "EMPTY_RESPONSE" | "CONNECTION_RESET_BY_PEER" | "MALFORMED_RESPONSE_CHUNK" | "RANDOM_DATA_THEN_CLOSE" | "CUT_BODY" | { readonly faultcode?: "Client" | "Server" | undefined; readonly faultstring: string } | undefined; readonly delay?: number | { readonly type: "fixed"; readonly milliseconds: number } | { readonly type: "uniform"; readonly lower: number; readonly upper: number } | { readonly type: "lognormal"; readonly median: number; readonly sigma: number } | { readonly type: "dribble"; readonly numberOfChunks: number; readonly totalDuration: number } | undefined; readonly when?: "before" | "after" | undefined; readonly times?: number | undefined; readonly probability?: number | undefined; readonly seed?: number | undefined; readonly ttlSeconds?: number | undefined };

export type JournalRequest = { readonly id: string; readonly number: number; readonly at: string; readonly received: string; readonly api: "soap" | "rest"; readonly operation: string; readonly version?: string | undefined; readonly fields?: unknown | undefined; readonly returnCode?: number | undefined; readonly returnString?: string | undefined; readonly fault?: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly match?: { readonly [name: string]: string | number | boolean } | undefined; readonly every?: number | undefined; readonly returnCode?: number | undefined; readonly returnString?: string | undefined; readonly status?: number | undefined; readonly fault?: "EMPTY_RESPONSE" | "CONNECTION_RESET_BY_PEER" | "MALFORMED_RESPONSE_CHUNK" | "RANDOM_DATA_THEN_CLOSE" | "CUT_BODY" | { readonly faultcode?: "Client" | "Server" | undefined; readonly faultstring: string } | undefined; readonly delay?: number | { readonly type: "fixed"; readonly milliseconds: number } | { readonly type: "uniform"; readonly lower: number; readonly upper: number } | { readonly type: "lognormal"; readonly median: number; readonly sigma: number } | { readonly type: "dribble"; readonly numberOfChunks: number; readonly totalDuration: number } | undefined; readonly when?: "before" | "after" | undefined; readonly times?: number | undefined; readonly probability?: number | undefined; readonly seed?: number | undefined; readonly ttlSeconds?: number | undefined } | undefined };

export type WholeJournalRequest = { readonly id: string; readonly number: number; readonly at: string; readonly received: string; readonly api: "soap" | "rest"; readonly operation: string; readonly version?: string | undefined; readonly fields?: unknown | undefined; readonly returnCode?: number | undefined; readonly returnString?: string | undefined; readonly fault?: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly match?: { readonly [name: string]: string | number | boolean } | undefined; readonly every?: number | undefined; readonly returnCode?: number | undefined; readonly returnString?: string | undefined; readonly status?: number | undefined; readonly fault?: "EMPTY_RESPONSE" | "CONNECTION_RESET_BY_PEER" | "MALFORMED_RESPONSE_CHUNK" | "RANDOM_DATA_THEN_CLOSE" | "CUT_BODY" | { readonly faultcode?: "Client" | "Server" | undefined; readonly faultstring: string } | undefined; readonly delay?: number | { readonly type: "fixed"; readonly milliseconds: number } | { readonly type: "uniform"; readonly lower: number; readonly upper: number } | { readonly type: "lognormal"; readonly median: number; readonly sigma: number } | { readonly type: "dribble"; readonly numberOfChunks: number; readonly totalDuration: number } | undefined; readonly when?: "before" | "after" | undefined; readonly times?: number | undefined; readonly probability?: number | undefined; readonly seed?: number | undefined; readonly ttlSeconds?: number | undefined } | undefined; readonly raw?: string | undefined; readonly reply?: { readonly status: number; readonly body: string; readonly isCut: boolean } | undefined; readonly problems: ReadonlyArray<string>; readonly changed: ReadonlyArray<Happened> };

export type Found = { readonly calls: number; readonly differing: number; readonly skipped: { readonly [name: string]: number }; readonly operations: ReadonlyArray<FoundOperation>; readonly places: ReadonlyArray<FoundPlace>; readonly differences: ReadonlyArray<DifferingCall> };

export type FoundOperation = { readonly operation: string; readonly calls: number; readonly differing: number };

export type FoundPlace = { readonly operation: string; readonly kind: "status" | "code" | "name" | "order" | "missing" | "unexpected" | "type" | "value" | "form"; readonly path: string; readonly count: number; readonly example: { readonly soapId?: string | undefined; readonly expected?: string | undefined; readonly actual?: string | undefined } };

export type DifferingCall = { readonly at: string; readonly operation: string; readonly version: string; readonly soapId?: string | undefined; readonly differences: ReadonlyArray<Difference>; readonly more: boolean };

export type Difference = { readonly kind: "status" | "code" | "name" | "order" | "missing" | "unexpected" | "type" | "value" | "form"; readonly path: string; readonly expected?: string | undefined; readonly actual?: string | undefined };

/** Each call by its operationId. */
export interface Calls {
  /** Make a merchant, with a password and an API key */
  addMerchant: {
    params: undefined;
    query: undefined;
    body: { readonly login?: string | undefined; readonly password?: string | undefined; readonly scope?: "read" | "write" | "admin" | undefined } | undefined;
    answer: MadeMerchant;
  };
  /** List the merchants, by login */
  listMerchants: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<{ readonly login: string }>;
  };
  /** Take a merchant away, with all that it has */
  removeMerchant: {
    params: { readonly login: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Show the clock: of the demo merchant */
  getClock: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: Clock;
  };
  /** Freeze, set or move on the clock, or let it run: of the demo merchant */
  changeClock: {
    params: undefined;
    query: undefined;
    body: { readonly action: "freeze" | "set" | "advance" | "run" | "reset"; readonly instant?: string | undefined; readonly duration?: string | undefined };
    answer: MovedClock;
  };
  /** Show the clock */
  getClockOf: {
    params: { readonly login: string };
    query: undefined;
    body: undefined;
    answer: Clock;
  };
  /** Freeze, set or move on the clock, or let it run */
  changeClockOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly action: "freeze" | "set" | "advance" | "run" | "reset"; readonly instant?: string | undefined; readonly duration?: string | undefined };
    answer: MovedClock;
  };
  /** Put all data and the clock back to the seed, or to nothing: of the demo merchant */
  reset: {
    params: undefined;
    query: undefined;
    body: { readonly to?: "seed" | "empty" | undefined } | undefined;
    answer: State;
  };
  /** Put all data and the clock back to the seed, or to nothing */
  resetOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly to?: "seed" | "empty" | undefined } | undefined;
    answer: State;
  };
  /** Replace all data by these, and keep them for resets: of the demo merchant */
  putSeed: {
    params: undefined;
    query: undefined;
    body: { readonly demo?: boolean | undefined; readonly products?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly billingPlans?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly accounts?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly autoBills?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly entitlements?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly offers?: ReadonlyArray<{ readonly id: string; readonly name: string; readonly entitlements: ReadonlyArray<string> }> | undefined; readonly orders?: ReadonlyArray<{ readonly id: string; readonly email: string; readonly firstname?: string | undefined; readonly name?: string | undefined; readonly offers: ReadonlyArray<string> }> | undefined };
    answer: State;
  };
  /** Replace all data by these, and keep them for resets */
  putSeedOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly demo?: boolean | undefined; readonly products?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly billingPlans?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly accounts?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly autoBills?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly entitlements?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined; readonly offers?: ReadonlyArray<{ readonly id: string; readonly name: string; readonly entitlements: ReadonlyArray<string> }> | undefined; readonly orders?: ReadonlyArray<{ readonly id: string; readonly email: string; readonly firstname?: string | undefined; readonly name?: string | undefined; readonly offers: ReadonlyArray<string> }> | undefined };
    answer: State;
  };
  /** List the snapshots, the oldest first: of the demo merchant */
  listSnapshots: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<Snapshot>;
  };
  /** List the snapshots, the oldest first */
  listSnapshotsOf: {
    params: { readonly login: string };
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<Snapshot>;
  };
  /** Keep data and clock as they are under a name: of the demo merchant */
  takeSnapshot: {
    params: { readonly name: string };
    query: undefined;
    body: undefined;
    answer: Snapshot;
  };
  /** Forget a snapshot: of the demo merchant */
  deleteSnapshot: {
    params: { readonly name: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Keep data and clock as they are under a name */
  takeSnapshotOf: {
    params: { readonly name: string; readonly login: string };
    query: undefined;
    body: undefined;
    answer: Snapshot;
  };
  /** Forget a snapshot */
  deleteSnapshotOf: {
    params: { readonly name: string; readonly login: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Put data and clock back as they were: of the demo merchant */
  restoreSnapshot: {
    params: { readonly name: string };
    query: undefined;
    body: undefined;
    answer: State;
  };
  /** Put data and clock back as they were */
  restoreSnapshotOf: {
    params: { readonly name: string; readonly login: string };
    query: undefined;
    body: undefined;
    answer: State;
  };
  /** The JSON Schema of a seed */
  getSeedSchema: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { readonly [name: string]: unknown };
  };
  /** List the faults, and how often each struck: of the demo merchant */
  listFaults: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<OrderedFault>;
  };
  /** Replace the faults: of the demo merchant */
  putFaults: {
    params: undefined;
    query: undefined;
    body: ReadonlyArray<Fault>;
    answer: ReadonlyArray<OrderedFault>;
  };
  /** List the faults, and how often each struck */
  listFaultsOf: {
    params: { readonly login: string };
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<OrderedFault>;
  };
  /** Replace the faults */
  putFaultsOf: {
    params: { readonly login: string };
    query: undefined;
    body: ReadonlyArray<Fault>;
    answer: ReadonlyArray<OrderedFault>;
  };
  /** List the returnStrings that can be ordered by name */
  listFaultStrings: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: ReadonlyArray<{ readonly name: string; readonly returnCode: number; readonly returnString: string }>;
  };
  /** List the requests that came, the latest last: of the demo merchant */
  listRequests: {
    params: undefined;
    query: { readonly operation?: string | undefined; readonly soapId?: string | undefined; readonly since?: string | undefined; readonly limit?: number | undefined };
    body: undefined;
    answer: ReadonlyArray<JournalRequest>;
  };
  /** Forget the requests: of the demo merchant */
  clearRequests: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** List the requests that came, the latest last */
  listRequestsOf: {
    params: { readonly login: string };
    query: { readonly operation?: string | undefined; readonly soapId?: string | undefined; readonly since?: string | undefined; readonly limit?: number | undefined };
    body: undefined;
    answer: ReadonlyArray<JournalRequest>;
  };
  /** Forget the requests */
  clearRequestsOf: {
    params: { readonly login: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Show a request with its bytes, its reply, and what it changed: of the demo merchant */
  getRequest: {
    params: { readonly id: string };
    query: undefined;
    body: undefined;
    answer: WholeJournalRequest;
  };
  /** Show a request with its bytes, its reply, and what it changed */
  getRequestOf: {
    params: { readonly id: string; readonly login: string };
    query: undefined;
    body: undefined;
    answer: WholeJournalRequest;
  };
  /** Count the requests that are as expected: of the demo merchant */
  countRequests: {
    params: undefined;
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined };
    answer: { readonly count: number };
  };
  /** Count the requests that are as expected */
  countRequestsOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined };
    answer: { readonly count: number };
  };
  /** Find the requests that are as expected: of the demo merchant */
  findRequests: {
    params: undefined;
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined };
    answer: ReadonlyArray<JournalRequest>;
  };
  /** Find the requests that are as expected */
  findRequestsOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined };
    answer: ReadonlyArray<JournalRequest>;
  };
  /** Find the requests that are nearly as expected, and say how they differ: of the demo merchant */
  listNearMisses: {
    params: undefined;
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined };
    answer: ReadonlyArray<{ readonly request: JournalRequest; readonly differences: ReadonlyArray<{ readonly path: string; readonly expected: string; readonly actual?: string | undefined }>; readonly message: string }>;
  };
  /** Find the requests that are nearly as expected, and say how they differ */
  listNearMissesOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined };
    answer: ReadonlyArray<{ readonly request: JournalRequest; readonly differences: ReadonlyArray<{ readonly path: string; readonly expected: string; readonly actual?: string | undefined }>; readonly message: string }>;
  };
  /** Say in lines, for the report of a test that failed, which requests came: of the demo merchant */
  getReport: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { readonly report: string };
  };
  /** Say in lines, for the report of a test that failed, which requests came */
  getReportOf: {
    params: { readonly login: string };
    query: undefined;
    body: undefined;
    answer: { readonly report: string };
  };
  /** Say whether requests came as expected: of the demo merchant */
  verifyRequests: {
    params: undefined;
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined; readonly count?: number | undefined; readonly atLeast?: number | undefined; readonly never?: true | undefined; readonly within?: string | undefined };
    answer: { readonly verified: boolean; readonly count: number; readonly message: string };
  };
  /** Say whether requests came as expected */
  verifyRequestsOf: {
    params: { readonly login: string };
    query: undefined;
    body: { readonly api?: "soap" | "rest" | undefined; readonly operation?: string | undefined; readonly fields?: { readonly [name: string]: string | number | boolean } | undefined; readonly count?: number | undefined; readonly atLeast?: number | undefined; readonly never?: true | undefined; readonly within?: string | undefined };
    answer: { readonly verified: boolean; readonly count: number; readonly message: string };
  };
  /** Show what differs between the replies of an upstream and those from here */
  getFindings: {
    params: undefined;
    query: { readonly limit?: number | undefined };
    body: undefined;
    answer: Found;
  };
}

/** The method and the path of each. */
export const PATHS = {
  addMerchant: 'POST /_latchkey/merchants',
  listMerchants: 'GET /_latchkey/merchants',
  removeMerchant: 'DELETE /_latchkey/merchants/{login}',
  getClock: 'GET /_latchkey/clock',
  changeClock: 'PUT /_latchkey/clock',
  getClockOf: 'GET /_latchkey/merchants/{login}/clock',
  changeClockOf: 'PUT /_latchkey/merchants/{login}/clock',
  reset: 'POST /_latchkey/reset',
  resetOf: 'POST /_latchkey/merchants/{login}/reset',
  putSeed: 'PUT /_latchkey/seed',
  putSeedOf: 'PUT /_latchkey/merchants/{login}/seed',
  listSnapshots: 'GET /_latchkey/snapshots',
  listSnapshotsOf: 'GET /_latchkey/merchants/{login}/snapshots',
  takeSnapshot: 'POST /_latchkey/snapshots/{name}',
  deleteSnapshot: 'DELETE /_latchkey/snapshots/{name}',
  takeSnapshotOf: 'POST /_latchkey/merchants/{login}/snapshots/{name}',
  deleteSnapshotOf: 'DELETE /_latchkey/merchants/{login}/snapshots/{name}',
  restoreSnapshot: 'POST /_latchkey/snapshots/{name}/restore',
  restoreSnapshotOf: 'POST /_latchkey/merchants/{login}/snapshots/{name}/restore',
  getSeedSchema: 'GET /_latchkey/seed-schema',
  listFaults: 'GET /_latchkey/faults',
  putFaults: 'PUT /_latchkey/faults',
  listFaultsOf: 'GET /_latchkey/merchants/{login}/faults',
  putFaultsOf: 'PUT /_latchkey/merchants/{login}/faults',
  listFaultStrings: 'GET /_latchkey/fault-strings',
  listRequests: 'GET /_latchkey/requests',
  clearRequests: 'DELETE /_latchkey/requests',
  listRequestsOf: 'GET /_latchkey/merchants/{login}/requests',
  clearRequestsOf: 'DELETE /_latchkey/merchants/{login}/requests',
  getRequest: 'GET /_latchkey/requests/{id}',
  getRequestOf: 'GET /_latchkey/merchants/{login}/requests/{id}',
  countRequests: 'POST /_latchkey/requests/count',
  countRequestsOf: 'POST /_latchkey/merchants/{login}/requests/count',
  findRequests: 'POST /_latchkey/requests/find',
  findRequestsOf: 'POST /_latchkey/merchants/{login}/requests/find',
  listNearMisses: 'POST /_latchkey/requests/near-misses',
  listNearMissesOf: 'POST /_latchkey/merchants/{login}/requests/near-misses',
  getReport: 'GET /_latchkey/report',
  getReportOf: 'GET /_latchkey/merchants/{login}/report',
  verifyRequests: 'POST /_latchkey/verify',
  verifyRequestsOf: 'POST /_latchkey/merchants/{login}/verify',
  getFindings: 'GET /_latchkey/diff',
} as const;
