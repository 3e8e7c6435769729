/** Offers: the contents of orders. */
import { z } from 'zod';
import { ok } from '../rest/ok';
import { type ApiRoute, defineRoute } from './context';
import { Offer } from './schemas';

const list = defineRoute({
  method: 'get',
  path: '/offers',
  name: 'listOffers',
  summary: 'List the offers',
  tag: 'Offers',
  answers: { 200: { description: 'All of them.', schema: z.array(Offer) } },
  example: {
    answer: ok([
      { id: 'course-a', name: 'Course A' },
      { id: 'forum', name: 'The forum' },
    ]),
  },
  access: 'read',
  memberspot: true,
  handle: async ({ unit }) => {
    const offers = await unit.orders.listOffers();
    return ok(offers.map(({ offerId: id, name }) => ({ id, name })));
  },
});

/** In the order in which they are listed. */
export const OFFER_ROUTES: readonly ApiRoute[] = [list];
