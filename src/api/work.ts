/** Work that calls have begun and that goes on in the background. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { momentOutput } from '../rest/fields';
import { BARE, jsonList } from '../rest/json-list';
import { ok, okWritten } from '../rest/ok';
import type { LongWork } from '../store/long-work';
import { workPages } from '../store/pages';
import { CREATED } from './examples';
import { type ApiRoute, defineRoute } from './context';

const Work = z
  .object({
    kind: z.string().meta({ description: 'What is followed: `product`, say.' }),
    name: z.string().meta({ description: "The product's, plan's or offer's id; a user's VID." }),
    actor: z.string().meta({ description: 'The author of the changes.' }),
    callId: z.string().optional(),
    begun: momentOutput,
    done: z.int().meta({ description: 'AutoBills or orders that follow already.' }),
    total: z.int(),
  })
  .meta({ id: 'Work' });

const list = defineRoute({
  method: 'get',
  path: '/work',
  name: 'listWork',
  summary: 'List the work that goes on in the background',
  description:
    'A change of a product, billing plan or offer that many AutoBills or orders follow is answered ' +
    'at once, and so is the deletion of a user with many orders; the rest is done batch by batch.',
  tag: 'Work',
  answers: {
    200: { description: 'All that is unfinished.', schema: z.array(Work), written: 'json' },
  },
  example: {
    answer: ok([
      {
        kind: 'offer',
        name: 'course-a',
        actor: 'shop',
        callId: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
        begun: CREATED,
        done: 100,
        total: 130,
      },
    ]),
  },
  access: 'read',
  handle: ({ unit }) => Promise.resolve(okWritten(jsonList(BARE, workPages(unit), present))),
});

function present({ kind, name, actor, callId, begunAt, done, total }: LongWork) {
  return { kind, name, actor, callId, begun: toIso(begunAt), done, total };
}

/** In the order in which they are listed. */
export const WORK_ROUTES: readonly ApiRoute[] = [list];
