/** Offers: the contents of orders. */
import { z } from 'zod';
import { addOffer, changeOffer } from '../orders/change-offer';
import { offerExists, unknownOffer } from '../orders/refusals';
import { toIso } from '../base/iso';
import { momentOutput } from '../rest/fields';
import { BARE, jsonList } from '../rest/json-list';
import type { StoredOffer } from '../store/orders';
import { allOf, offerEntitlementPages, offerPages } from '../store/pages';
import type { Reader } from '../store/store';
import { answerOnce, ChangeHeaders } from './answer-once';
import { CREATED } from './examples';
import { ok, okWritten } from '../rest/ok';
import { type ApiRoute, defineRoute } from './context';
import { idInput, Offer, offerIdInput } from './schemas';

const list = defineRoute({
  method: 'get',
  path: '/offers',
  name: 'listOffers',
  summary: 'List the offers',
  tag: 'Offers',
  answers: { 200: { description: 'All of them.', schema: z.array(Offer), written: 'json' } },
  example: {
    answer: ok([
      { id: 'course-a', name: 'Course A' },
      { id: 'forum', name: 'The forum' },
    ]),
  },
  access: 'read',
  memberspot: true,
  handle: ({ unit }) => {
    const present = ({ offerId: id, name }: StoredOffer) => ({ id, name });
    return Promise.resolve(okWritten(jsonList(BARE, offerPages(unit), present)));
  },
});

const Params = z.object({ offerId: offerIdInput });
const nameInput = idInput('Its name, for people.');
const entitlementsInput = z
  .array(idInput('A merchantEntitlementId.'))
  .min(1)
  .max(1000)
  .meta({ description: 'All the merchantEntitlementIds that it gives.' });

const WholeOffer = Offer.extend({
  entitlements: z.array(z.string()).meta({ description: 'The merchantEntitlementIds.' }),
  createdAt: momentOutput,
}).meta({ id: 'WholeOffer' });

const OFFER = { 200: { description: 'The offer.', schema: WholeOffer } };

const get = defineRoute({
  method: 'get',
  path: '/offers/{offerId}',
  name: 'getOffer',
  summary: 'Get an offer with what it gives',
  tag: 'Offers',
  params: Params,
  answers: OFFER,
  example: {
    params: { offerId: 'course-a' },
    answer: ok({
      id: 'course-a',
      name: 'Course A',
      entitlements: ['lessons', 'videos'],
      createdAt: CREATED,
    }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownOffer('course-a').message },
  access: 'read',
  handle: async ({ unit, input: { params } }) => {
    const offer = await unit.orders.findOffer(params.offerId);
    if (!offer) throw unknownOffer(params.offerId);
    return ok(await present(unit, offer));
  },
});

const add = defineRoute({
  method: 'post',
  path: '/offers',
  name: 'addOffer',
  summary: 'Make an offer',
  tag: 'Offers',
  headers: ChangeHeaders,
  body: z.object({
    id: offerIdInput.optional().meta({
      description: 'What clients name it by; absent: the server makes one.',
    }),
    name: nameInput,
    entitlements: entitlementsInput,
  }),
  answers: OFFER,
  example: {
    body: { id: 'course-b', name: 'Course B', entitlements: ['lessons', 'quizzes'] },
    answer: ok({
      id: 'course-b',
      name: 'Course B',
      entitlements: ['lessons', 'quizzes'],
      createdAt: CREATED,
    }),
  },
  refusals: [409, 422],
  refusalExamples: { 409: offerExists('course-b').message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { id: offerId, name, entitlements: merchantEntitlementIds } = call.input.body;
    const make = async () => {
      const offer = { offerId, name, merchantEntitlementIds };
      return present(call.unit, await addOffer(call.unit, call.work, offer));
    };
    return answerOnce(call, 'add-offer', make, { changed: ({ id }) => ({ offer: id }) });
  },
});

const change = defineRoute({
  method: 'patch',
  path: '/offers/{offerId}',
  name: 'changeOffer',
  summary: 'Change an offer, and at once the access that its active orders give',
  description:
    'A field that is absent stays. Where many orders have the offer, the rest of them follow in the ' +
    'background: `listWork` shows how far that is.',
  tag: 'Offers',
  params: Params,
  headers: ChangeHeaders,
  body: z
    .object({ name: nameInput.optional(), entitlements: entitlementsInput.optional() })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      error: 'must have name or entitlements',
    }),
  answers: OFFER,
  example: {
    params: { offerId: 'course-a' },
    body: { entitlements: ['lessons', 'quizzes', 'videos'] },
    answer: ok({
      id: 'course-a',
      name: 'Course A',
      entitlements: ['lessons', 'quizzes', 'videos'],
      createdAt: CREATED,
    }),
  },
  refusals: [404, 422],
  refusalExamples: { 404: unknownOffer('course-a').message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { offerId } = call.input.params;
    const { name, entitlements: merchantEntitlementIds } = call.input.body;
    const follow = async () => {
      const offer = { offerId, name, merchantEntitlementIds };
      return present(call.unit, await changeOffer(call.unit, call.work, offer));
    };
    return answerOnce(call, 'change-offer', follow, { changed: () => ({ offer: offerId }) });
  },
});

async function present(reader: Reader, { id, offerId, name, createdAt }: StoredOffer) {
  const entitlements = await allOf(offerEntitlementPages(reader, id));
  return { id: offerId, name, entitlements, createdAt: toIso(createdAt) };
}

/** In the order in which they are listed. */
export const OFFER_ROUTES: readonly ApiRoute[] = [list, add, get, change];
