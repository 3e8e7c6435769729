/** A merchant's data: reset, filled from a seed, kept as snapshots and put back. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { conflict } from '../base/refusal';
import { ok } from '../rest/ok';
import { type ControlRoute, defineControl, forMerchants } from './context';
import { Seed } from './seed';
import { plantSeed } from './plant-seed';
import { seedSchema } from './seed-schema';
import { clear, findSnapshot, keepSnapshot, put, take, unknownSnapshot } from './state';
import type { Snapshot } from './worlds';
import { SnapshotShown, State } from './shown';

const STATE = { 200: { description: 'Data and clock as they are now.', schema: State } };
const EXAMPLE = ok({ rows: 12, now: '2026-01-31T23:00:00.000Z' });
const NO_SEED = 'There is no seed: PUT one to seed, or reset to empty.';
const BUSY = 'Work goes on in the background: try again when GET /v1/work lists none.';
const tag = 'Data';

const reset = defineControl({
  method: 'post',
  path: '/reset',
  name: 'reset',
  summary: 'Put all data and the clock back to the seed, or to nothing',
  description:
    'Without a seed all data are removed, and the clock shows the time of the machine. Login, password, keys, snapshots, ' +
    'faults and journal stay as they are.',
  tag,
  body: z
    .object({
      to: z.enum(['seed', 'empty']).optional().meta({
        description: 'Absent: to the seed, where there is one.',
      }),
    })
    .optional(),
  answers: STATE,
  example: { body: { to: 'seed' }, answer: EXAMPLE },
  refusals: [409],
  refusalExamples: { 409: NO_SEED },
  access: 'write',
  handle: async ({ tools, steered, input: { body } }) => {
    const { merchant, world } = await steered();
    const to = body?.to ?? (world.seed ? 'seed' : 'empty');
    return world.replaceData(async () => {
      if (to === 'empty') await clear(tools, merchant.id);
      else if (world.seed) await put(tools, merchant.id, world.seed);
      else throw conflict(NO_SEED);
      const rows = to === 'empty' ? 0 : (world.seed?.state.rows ?? 0);
      return ok({ rows, now: toIso(tools.clocks.now(merchant.id)) });
    });
  },
});

const seed = defineControl({
  method: 'put',
  path: '/seed',
  name: 'putSeed',
  summary: 'Replace all data by these, and keep them for resets',
  description:
    "Objects are the contract's, as its newest version has them; GET /seed-schema describes them. What is given at a " +
    'moment of the past is dated by the clock, as a call would be.',
  tag,
  body: Seed,
  answers: STATE,
  example: {
    body: {
      accounts: [{ merchantAccountId: 'xyz123', emailAddress: 'xyz123@example.com' }],
      entitlements: [
        {
          account: { merchantAccountId: 'xyz123' },
          merchantEntitlementId: 'bac',
          endTimestamp: '2030-01-01T00:00:00Z',
        },
      ],
    },
    answer: EXAMPLE,
  },
  refusals: [409],
  refusalExamples: { 409: BUSY },
  access: 'write',
  handle: async ({ tools, steered, input: { body } }) => {
    const { merchant, world } = await steered();
    return world.replaceData(async () => {
      const before = await take(tools, merchant.id);
      try {
        await tools.store.merchantStates.clear(merchant.id);
        await plantSeed(tools, merchant, body);
        world.seed = await take(tools, merchant.id);
      } catch (error) {
        await put(tools, merchant.id, before);
        throw error;
      }
      return ok(present(world.seed));
    });
  },
});

const schema = defineControl({
  method: 'get',
  path: '/seed-schema',
  name: 'getSeedSchema',
  summary: 'The JSON Schema of a seed',
  tag,
  answers: { 200: { description: 'The schema.', schema: z.looseObject({}) } },
  example: {
    answer: ok({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' }),
  },
  access: 'read',
  handle: ({ tools }) => Promise.resolve(ok(seedSchema(tools.contract.newest))),
});

const Named = z.object({
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^\p{C}/]+$/u, 'must be visible characters without a slash'),
});

const SNAPSHOT = { 200: { description: 'The snapshot.', schema: SnapshotShown } };
const SHOWN = { name: 'paid', takenAt: '2026-01-31T23:00:00.000Z', ...EXAMPLE.body };

const list = defineControl({
  method: 'get',
  path: '/snapshots',
  name: 'listSnapshots',
  summary: 'List the snapshots, the oldest first',
  tag,
  answers: { 200: { description: 'All of them.', schema: z.array(SnapshotShown) } },
  example: { answer: ok([SHOWN]) },
  access: 'read',
  handle: async ({ steered }) => {
    const { world } = await steered();
    return ok([...world.snapshots].map(([name, snapshot]) => presentNamed(name, snapshot)));
  },
});

const keep = defineControl({
  method: 'post',
  path: '/snapshots/{name}',
  name: 'takeSnapshot',
  summary: 'Keep data and clock as they are under a name',
  description: 'In place of a snapshot that has the name already.',
  tag,
  params: Named,
  answers: SNAPSHOT,
  example: { params: { name: 'paid' }, answer: ok(SHOWN) },
  refusals: [409],
  refusalExamples: { 409: BUSY },
  access: 'write',
  handle: async ({ tools, steered, input: { params } }) => {
    const { merchant, world } = await steered();
    return world.inTurn(async () => {
      const snapshot = await keepSnapshot(tools, { merchant, world }, params.name);
      return ok(presentNamed(params.name, snapshot));
    });
  },
});

const restore = defineControl({
  method: 'post',
  path: '/snapshots/{name}/restore',
  name: 'restoreSnapshot',
  summary: 'Put data and clock back as they were',
  description: 'A clock that ran goes on by the same difference from the time of the machine.',
  tag,
  params: Named,
  answers: STATE,
  example: { params: { name: 'paid' }, answer: EXAMPLE },
  refusals: [404],
  refusalExamples: { 404: unknownSnapshot('paid').message },
  access: 'write',
  handle: async ({ tools, steered, input: { params } }) => {
    const { merchant, world } = await steered();
    return world.replaceData(async () => {
      const snapshot = findSnapshot(world, params.name);
      await put(tools, merchant.id, snapshot);
      return ok({ rows: snapshot.state.rows, now: toIso(tools.clocks.now(merchant.id)) });
    });
  },
});

const remove = defineControl({
  method: 'delete',
  path: '/snapshots/{name}',
  name: 'deleteSnapshot',
  summary: 'Forget a snapshot',
  tag,
  params: Named,
  answers: { 204: { description: 'It is gone.' } },
  example: { params: { name: 'paid' }, answer: { status: 204 } },
  refusals: [404],
  refusalExamples: { 404: unknownSnapshot('paid').message },
  access: 'write',
  handle: async ({ steered, input: { params } }) => {
    const { world } = await steered();
    findSnapshot(world, params.name);
    world.snapshots.delete(params.name);
    return { status: 204 as const };
  },
});

function present({ state, at }: Snapshot) {
  return { rows: state.rows, now: toIso(at) };
}

function presentNamed(name: string, snapshot: Snapshot) {
  return { name, takenAt: toIso(snapshot.at), ...present(snapshot) };
}

/** In the order in which they are listed. */
export const STATE_ROUTES: readonly ControlRoute[] = [
  ...[reset, seed, list, keep, restore, remove].flatMap(forMerchants),
  schema,
];
