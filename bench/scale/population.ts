/** The content of a file of a number of accounts, worked out from their numbers. */
import { createHash } from 'node:crypto';
import type { AccountValues } from '../../src/store/store';

/** The grants of every account, one after the other, each in a round of its own. */
export const ENTITLEMENTS = ['bac', 'forum', 'news', 'archive', 'lab'] as const;

/** The round whose entitlements have an end, in days to come. */
export const ENDING_ROUND = 3;

/** The round in which all of them were granted at one moment, as by a bulk import. */
export const SUDDEN_ROUND = 4;

/** When the entitlements of that round end. */
export const END = Date.parse('2099-01-01T00:00:00Z');

const DAY = 24 * 3600 * 1000;
const BEGIN = Date.parse('2024-01-01T00:00:00Z');
const ROUND_BEGINS_AFTER = 30 * DAY;
const ROUND_LASTS = 20 * DAY;

export class Population {
  /** Has no divisor in common with the number of accounts. */
  private readonly stride: number;

  constructor(readonly accounts: number) {
    this.stride = strideFor(accounts);
  }

  /** One account in three is the child of the first of them. */
  values(number: number): AccountValues & { VID: string; merchantAccountId: string } {
    const parent = number - (number % 3);
    return {
      VID: this.vid(number),
      merchantAccountId: merchantAccountId(number),
      externalId: `crm-${number}`,
      emailAddress: emailAddress(number),
      ...(parent !== number && { parentMerchantAccountId: merchantAccountId(parent) }),
      name: `Reader ${number}`,
    };
  }

  vid(number: number): string {
    return createHash('sha1').update(`account ${number}`).digest('hex');
  }

  createdAt(number: number): number {
    return BEGIN + Math.floor((number * ROUND_LASTS) / this.accounts);
  }

  /** The account whose grant had that place in a round: neighbours in time are none in the file. */
  accountAt(index: number, round: number): number {
    return (index * this.stride + round) % this.accounts;
  }

  /** When the grant at that place of a round happened. */
  grantedAt(index: number, round: number): number {
    const begin = BEGIN + (round + 1) * ROUND_BEGINS_AFTER;
    if (round === SUDDEN_ROUND) return begin;
    return begin + Math.floor((index * ROUND_LASTS) / this.accounts);
  }

  /** The span of time that holds all grants of a round. */
  spanOf(round: number): { from: number; until: number } {
    return { from: this.grantedAt(0, round), until: this.grantedAt(this.accounts - 1, round) + 1 };
  }
}

export function merchantAccountId(number: number): string {
  return `account-${String(number).padStart(7, '0')}`;
}

export function emailAddress(number: number): string {
  return `${merchantAccountId(number)}@example.com`;
}

/** About three fifths of it, and prime to it: multiples of it visit every number, in no order. */
function strideFor(accounts: number): number {
  const divisor = (one: number, other: number): number =>
    other === 0 ? one : divisor(other, one % other);
  let stride = Math.max(1, Math.floor(accounts * 0.618));
  while (divisor(accounts, stride) !== 1) stride++;
  return stride;
}
