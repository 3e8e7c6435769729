/** Every attack, in the order of the table: none, those that need no login, then those of a tenant. */
import type { Attack } from './attack';
import { chunks } from './attacks/chunks';
import { jsonBodies } from './attacks/json-bodies';
import { largeReplies } from './attacks/large-replies';
import { longNames } from './attacks/long-names';
import { manyEntitlements } from './attacks/many-entitlements';
import { manyPrefixes } from './attacks/many-prefixes';
import { manyReaders } from './attacks/many-readers';
import { none } from './attacks/none';
import { nestedArrays } from './attacks/nested-arrays';
import { pipelines } from './attacks/pipelines';
import { wholeAccounts } from './attacks/whole-accounts';
import { wrongLogins } from './attacks/wrong-logins';
import { manyAutoBills } from './attacks/many-auto-bills';
import { manyChildren } from './attacks/many-children';
import { manyIds } from './attacks/many-ids';
import { manyOrders } from './attacks/many-orders';
import { plainLimits } from './attacks/plain-limits';
import { stoppedExport } from './attacks/stopped-export';

export const ATTACKS: readonly Attack[] = [
  none,
  nestedArrays,
  manyPrefixes,
  pipelines,
  chunks,
  longNames,
  wrongLogins,
  largeReplies,
  manyReaders,
  manyEntitlements,
  wholeAccounts,
  manyAutoBills,
  manyChildren,
  manyIds,
  manyOrders,
  plainLimits,
  jsonBodies,
  stoppedExport,
];
