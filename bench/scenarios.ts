/** The scenarios: their calls, connections and servers. */
import { METRICS, type Name, NAMES, PEERS } from './contestant';
import { ACCOUNTS, type CallName, READERS } from './requests';

/** One table of the bench. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly connections: number;
  /** Made in turn about each account. */
  readonly calls: readonly CallName[];
  /** The accounts that they are about: the number of the first, and how many. */
  readonly accounts: { readonly first: number; readonly count: number };
  /** Whether every call is a line in the ledger. */
  readonly changes: boolean;
  readonly servers: readonly Name[];
}

const BESIDE_FLOOR: readonly Name[] = ['latchkey', 'floor'];
const CHANGES = {
  calls: ['grant', 'revoke'],
  accounts: { first: 0, count: ACCOUNTS },
  changes: true,
} as const;
const LOOK_UPS = {
  accounts: { first: ACCOUNTS, count: READERS },
  changes: false,
  servers: BESIDE_FLOOR,
} as const;

/**
 * @param connections those of every scenario but the one about a single client
 * @param builds other builds of Latchkey, which take part in each
 * @param metrics whether Latchkey is measured with and without its metrics, and beside no other server
 */
export function scenarios(
  connections: number,
  builds: readonly Name[] = [],
  metrics = false,
): Scenario[] {
  return own(connections).map((scenario) => ({
    ...scenario,
    servers: [...(metrics ? (['latchkey', METRICS] as const) : scenario.servers), ...builds],
  }));
}

function own(connections: number): Scenario[] {
  const many = (what: string) => `${what}, ${connections} connections`;
  return [
    {
      name: 'change',
      title: many('Grants and revokes in turn'),
      ...CHANGES,
      connections,
      servers: [...NAMES, ...PEERS],
    },
    {
      name: 'change-alone',
      title: 'Grants and revokes in turn, 1 connection',
      ...CHANGES,
      connections: 1,
      servers: BESIDE_FLOOR,
    },
    {
      name: 'isEntitled',
      title: many('isEntitled'),
      ...LOOK_UPS,
      connections,
      calls: ['isEntitled'],
    },
    {
      name: 'fetchByAccount',
      title: many('fetchByAccount, 10 entitlements, no srd'),
      ...LOOK_UPS,
      connections,
      calls: ['fetchByAccount'],
    },
    {
      name: 'fetchByAccount-srd',
      title: many('fetchByAccount, 10 entitlements, ids only'),
      ...LOOK_UPS,
      connections,
      calls: ['fetchByAccountNarrow'],
    },
  ];
}
