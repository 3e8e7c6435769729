/** Faults on demand. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { type ControlRoute, defineControl, forMerchants } from './context';
import { Fault } from './fault';
import type { Ordered } from './faults';
import { NAMED_STRINGS } from './named-strings';
import { OrderedFault } from './shown';

/** The most faults of a merchant. */
const MOST = 100;

const FAULTS = { 200: { description: 'All of them, in order.', schema: z.array(OrderedFault) } };
const tag = 'Faults';
const EXAMPLE = {
  operation: 'revokeEntitlement',
  match: { 'account.merchantAccountId': 'xyz123' },
  returnString: 'revokeEntitlement.notSaved',
  when: 'after' as const,
  times: 1,
};

const get = defineControl({
  method: 'get',
  path: '/faults',
  name: 'listFaults',
  summary: 'List the faults, and how often each struck',
  tag,
  answers: FAULTS,
  example: { answer: ok([{ fault: EXAMPLE, matched: 1, struck: 1 }]) },
  access: 'read',
  handle: async ({ steered }) => ok(present((await steered()).world.faults.all)),
});

const put = defineControl({
  method: 'put',
  path: '/faults',
  name: 'putFaults',
  summary: 'Replace the faults',
  description:
    'A list; of several that would strike a request, the first does. An empty list takes all away.',
  tag,
  body: z.array(Fault).max(MOST),
  answers: FAULTS,
  example: { body: [EXAMPLE], answer: ok([{ fault: EXAMPLE, matched: 0, struck: 0 }]) },
  access: 'write',
  handle: async ({ tools, steered, input: { body } }) => {
    const { faults } = (await steered()).world;
    faults.set(body, tools.time.elapsed());
    return ok(present(faults.all));
  },
});

const strings = defineControl({
  method: 'get',
  path: '/fault-strings',
  name: 'listFaultStrings',
  summary: 'List the returnStrings that can be ordered by name',
  tag,
  answers: {
    200: {
      description: 'All of them.',
      schema: z.array(
        z.object({ name: z.string(), returnCode: z.int(), returnString: z.string() }),
      ),
    },
  },
  example: {
    answer: ok([
      {
        name: 'revokeEntitlement.accountNotFound',
        returnCode: 400,
        returnString: 'Account not found.',
      },
    ]),
  },
  access: 'read',
  handle: () =>
    Promise.resolve(
      ok(
        [...NAMED_STRINGS].map(([name, { code: returnCode, message: returnString }]) => {
          return { name, returnCode, returnString };
        }),
      ),
    ),
});

function present(faults: readonly Ordered[]) {
  return faults.map(({ fault, matched, struck }) => ({ fault, matched, struck }));
}

/** In the order in which they are listed. */
export const FAULT_ROUTES: readonly ControlRoute[] = [...[get, put].flatMap(forMerchants), strings];
