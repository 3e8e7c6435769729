/** The context of the console's calls, and how a call gets it. */
import type { Provider } from '../access/oidc';
import type { Sessions } from '../access/sessions';
import { findVisible, listVisible } from '../access/visible-merchant';
import { toRefusal } from '../api/context';
import { forbidden } from '../base/refusal';
import type { Contract } from '../contract/contract';
import { OPERATOR, type Work, type WorkTools } from '../base/work';
import type { Time } from '../base/time';
import { type Route, routesOf } from '../rest/route';
import type { CheckedCall } from '../rest/serve';
import type { Caller } from '../rest/visit';
import type { DecodeOptions } from '../soap/decode';
import type { HeldSession } from '../store/people';
import type { Merchant, Reader, Store } from '../store/store';
import type { CheckRun } from './check-run';
import type { Calls } from './record-calls';
import type { Tallies } from './tally';

/** The parts that the console's calls need. */
export interface ConsoleTools extends WorkTools {
  readonly store: Store;
  readonly sessions: Sessions;
  /** Whose users may sign in, too. */
  readonly provider?: Provider | undefined;
  readonly contract: Contract;
  /** How messages are read. */
  readonly codec: DecodeOptions;
  /** The last calls, and how many there were. */
  readonly calls: Calls;
  /** What is counted of each merchant. */
  readonly tallies: Tallies;
  readonly check: CheckRun;
  readonly time: Pick<Time, 'now'>;
  /** Whether the server is a simulation. */
  readonly isSimulation: boolean;
}

/** Who calls: a person with a session, or somebody who is about to sign in. */
export interface ConsoleCaller extends Caller {
  readonly isPerson: true;
  readonly session: HeldSession | undefined;
  /** What its cookie held. */
  readonly token: string | undefined;
  readonly address: string;
  /** Whether the browser came by https. */
  readonly isSecure: boolean;
  /** The merchant as the header has it. */
  readonly named: string | undefined;
}

/** The context of every call. */
export interface ConsoleContext {
  readonly tools: ConsoleTools;
  readonly caller: ConsoleCaller;
  /** The session that calls. */
  readonly session: HeldSession;
  readonly callId: string;
  /** The merchants that the person sees, by login. */
  readonly merchants: () => Promise<Merchant[]>;
  /** The merchant that the call is about. @throws Refusal 400, 404 */
  readonly merchant: () => Promise<Merchant>;
  /** Look-ups in that merchant's data. @throws Refusal 400, 404 */
  readonly reader: () => Promise<Reader>;
  /** The call as the rules see it. */
  readonly workOf: (unit: Pick<Reader, 'now'>) => Work;
  /** Whether the client is gone: a long look-up is then left. */
  readonly isGone: () => boolean;
}

/** Calls that read, and calls that change something, get the same. */
export interface ConsoleContexts {
  readonly read: ConsoleContext;
  readonly write: ConsoleContext;
  readonly parts: ConsoleContext;
  readonly batch: ConsoleContext;
}

/** A route under /console/api. */
export type ConsoleRoute = Route<ConsoleContexts>;

export const defineConsole = routesOf<ConsoleContexts>();

/** What is about all merchants, or the server itself. @throws Refusal 403 */
export function requireAllMerchants({ session }: Pick<ConsoleContext, 'session'>): void {
  if (session.person.merchants !== undefined) {
    throw forbidden('This is for those who see all merchants.');
  }
}

/** Has a route's handler carry out a call. @throws Refusal */
export async function carryOutConsole(
  tools: ConsoleTools,
  { route, caller, callId, input, isGone }: CheckedCall<ConsoleContexts, ConsoleCaller>,
) {
  const { store, timeZone, newId } = tools;
  const actor = caller.session ? caller.name : OPERATOR;
  const personOf = () => {
    if (!caller.session) throw new Error('a call without a session asks for its person');
    return caller.session.person;
  };
  let found: Promise<Merchant> | undefined;
  const merchant = () => (found ??= findVisible(store, personOf(), caller.named));
  try {
    return await route.handle({
      tools,
      caller,
      get session() {
        personOf();
        return caller.session as HeldSession;
      },
      callId,
      merchants: () => listVisible(store, personOf()),
      merchant,
      reader: async () => store.reader((await merchant()).id),
      workOf: (unit) => ({ actor, callId, now: unit.now(), timeZone, newId }),
      isGone,
      input,
    });
  } catch (error) {
    throw toRefusal(error);
  }
}
