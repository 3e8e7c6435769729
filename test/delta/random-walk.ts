/** Changes entitlements at random, by the calls that clients make and by the clock; seeded. */
import { NOW, type TestServer } from '../harness/server';
import { accountId, call, type Reply, xml, xmlAccount, xmlMoment } from './calls';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** A number from 0 to below 1, the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Territory {
  readonly accounts: number;
  readonly ids: readonly string[];
}

/** A walk through a merchant's data, in which each step is one change or a move of the clock. */
export class RandomWalk {
  now = NOW;

  constructor(
    private readonly server: TestServer,
    private readonly territory: Territory,
    private readonly random: () => number,
  ) {}

  /** Moves the clock by that much, and makes one change. @throws Error when the call fails */
  async step(): Promise<void> {
    this.advance(this.pick([0, 1, 3, 800, 5 * SECOND, 40 * SECOND, 2 * HOUR, 9 * DAY]));
    const account = accountId(this.whole(this.territory.accounts));
    const id = this.pick(this.territory.ids);
    const { returnCode, returnString } = await this.change(account, id);
    // Nothing to revoke, nothing to extend: that happens.
    if (returnCode !== '200' && returnCode !== '400') throw new Error(returnString);
  }

  /** Moves the clock. It never shows a whole second, at which entitlements start and end. */
  advance(by: number): void {
    this.now += by;
    if (this.now % SECOND === 0) this.now += 1;
    this.server.setNow(this.now);
  }

  private change(account: string, id: string): Promise<Reply> {
    const named = xmlAccount(account) + xml('merchantEntitlementId', id);
    const { url } = this.server;
    const chance = this.random();
    if (chance < 0.06) return call(url, 'Account', 'transfer', this.transfer(account));
    if (chance < 0.45) return call(url, 'Account', 'grantEntitlement', this.grant(account, id));
    if (chance < 0.6) return call(url, 'Account', 'revokeEntitlement', named);
    if (chance < 0.8) {
      const date = xmlMoment('extensionDate', this.later(this.now));
      return call(url, 'Account', 'extendEntitlementToDate', named + date);
    }
    const interval = xml(this.pick(['days', 'weeks', 'months']), String(1 + this.whole(3)));
    const parts = named + xml('interval', interval);
    return call(url, 'Account', 'extendEntitlementByInterval', parts);
  }

  /** To any account; to the same one it is refused. */
  private transfer(source: string): string {
    const target = accountId(this.whole(this.territory.accounts));
    const named = (part: string, id: string) => xml(part, xml('merchantAccountId', id));
    return named('targetAccount', target) + named('sourceAccount', source);
  }

  /** From now, from before or from later on; without end, or with one that may have passed. */
  private grant(account: string, id: string): string {
    const start = this.pick([undefined, undefined, this.now - 3 * DAY, this.later(this.now)]);
    const end = this.pick([
      undefined,
      this.later(start ?? this.now),
      this.later(start ?? this.now),
    ]);
    return (
      xmlAccount(account) +
      xml(
        'entitlement',
        xml('merchantEntitlementId', id),
        start === undefined ? '' : xmlMoment('startTimestamp', start),
        end === undefined ? '' : xmlMoment('endTimestamp', end),
      )
    );
  }

  /** A whole second after that moment, as clients give them. */
  private later(moment: number): number {
    const by = this.pick([SECOND, 10 * SECOND, HOUR, DAY, 20 * DAY]) * (1 + this.random());
    return Math.ceil((moment + by) / SECOND) * SECOND;
  }

  private whole(below: number): number {
    return Math.floor(this.random() * below);
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.whole(choices.length)] as T;
  }
}
