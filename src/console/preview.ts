/** POST /console/api/preview: what a change would do, before it is made. */
import { z } from 'zod';
import { stopAutoBill } from '../api/auto-bills';
import { Extend, Grant, Revoke, toChange } from '../api/batch-lines';
import { CREATED, START, USER_ID } from '../api/examples';
import { idInput, noteInput, offerIdInput, orderIdInput } from '../api/schemas';
import { toIso } from '../base/iso';
import { includes } from '../base/scope';
import type { Work } from '../base/work';
import { REASONS } from '../entitlements/order-access';
import { foreseeChange, keepChange, requireComplete } from '../grants/change-grant';
import { changeOffer } from '../orders/change-offer';
import { restoreOrder, revokeOrder } from '../orders/order-state';
import { roleTooSmall } from '../rest/api-error';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import type { UnitOfWork } from '../store/store';
import { describeEnd } from '../support/present-line';
import { defineConsole } from './context';
import { dryRun, type Effect, type Foreseen, MOST_CHANGES } from './dry-run';

const RevokeOrder = z
  .object({
    action: z.literal('order.revoke'),
    orderId: orderIdInput,
    reason: z.enum(REASONS),
    note: noteInput,
  })
  .strict();

const RestoreOrder = z
  .object({ action: z.literal('order.restore'), orderId: orderIdInput, note: noteInput })
  .strict();

const StopAutoBill = z
  .object({
    action: z.literal('autobill.stop'),
    merchantAutoBillId: idInput('The id of the AutoBill or, where it has none, its VID.'),
    disentitle: z.boolean().optional(),
    force: z.boolean().optional(),
    note: noteInput,
  })
  .strict();

const ChangeOffer = z
  .object({
    action: z.literal('offer.change'),
    offerId: offerIdInput,
    entitlements: z.array(idInput('A merchantEntitlementId.')).min(1).max(1000),
  })
  .strict();

const Tried = z
  .discriminatedUnion(
    'action',
    [Grant, Revoke, Extend, RevokeOrder, RestoreOrder, StopAutoBill, ChangeOffer],
    {
      error: ({ input }) =>
        typeof input === 'object' && !Array.isArray(input)
          ? 'must be grant, revoke, extend, order.revoke, order.restore, autobill.stop or offer.change'
          : undefined,
    },
  )
  .meta({ id: 'TriedChange' });

const State = z.object({ start: momentOutput, end: momentOutput.optional() });

const Preview = z
  .object({
    text: z.array(z.string()).meta({ description: 'What will be different, a sentence each.' }),
    changes: z.array(
      z.object({
        VID: z.string(),
        merchantAccountId: z.string().optional(),
        merchantEntitlementId: z.string(),
        source: z.string(),
        action: z.string(),
        before: State.optional().meta({ description: 'Absent: it is new.' }),
        after: State,
        hadAccess: z.boolean().meta({ description: 'Whether any source gives it now.' }),
        hasAccess: z.boolean().meta({ description: 'Whether any source gives it then.' }),
        text: z.string(),
      }),
    ),
    isCut: z.boolean().meta({ description: `Whether there are more than ${MOST_CHANGES}.` }),
    later: z.int().meta({ description: 'Orders that follow in the background.' }),
  })
  .meta({ id: 'Preview' });

const LESSONS =
  'ada@example.com loses access to lessons: no other source gives it. By Order: without end → ' +
  `until ${START}.`;

export const preview = defineConsole({
  method: 'post',
  path: '/preview',
  name: 'previewChange',
  summary: 'Say what a change would do, and change nothing',
  description:
    'It is carried out as the call itself does and taken back, so refusals are the same. grant, revoke and extend are ' +
    'written as a line of `POST /v1/entitlements:batch`, the others have the fields of their calls in /v1.',
  tag: 'Changes',
  body: Tried,
  answers: { 200: { description: 'What it would do.', schema: Preview } },
  example: {
    body: { action: 'order.revoke', orderId: 'A1', reason: 'refunded' },
    answer: ok<z.input<typeof Preview>>({
      text: [LESSONS],
      changes: [
        {
          VID: USER_ID,
          merchantAccountId: 'ada@example.com',
          merchantEntitlementId: 'lessons',
          source: 'Order',
          action: 'revoke',
          before: { start: START },
          after: { start: START, end: CREATED },
          hadAccess: true,
          hasAccess: false,
          text: LESSONS,
        },
      ],
      isCut: false,
      later: 0,
    }),
  },
  refusals: [404, 409, 422],
  access: 'write',
  handle: async ({ tools, caller, callId, merchant, workOf, input: { body } }) => {
    if (body.action === 'offer.change' && !includes(caller.scope, 'admin')) {
      throw roleTooSmall('admin');
    }
    const { id } = await merchant();
    const effect = await dryRun(tools.store, id, callId, (unit) => act(unit, workOf(unit), body));
    return ok(present(effect));
  },
});

/** Does what is tried, by the rules of the call itself. @throws Refusal */
async function act(unit: UnitOfWork, work: Work, tried: z.output<typeof Tried>): Promise<unknown> {
  switch (tried.action) {
    case 'grant':
    case 'revoke':
    case 'extend': {
      const change = toChange(tried, work.timeZone);
      requireComplete(change);
      return keepChange(unit, work, await foreseeChange(unit, change, work.now));
    }
    case 'order.revoke':
      return revokeOrder(unit, work, tried);
    case 'order.restore':
      return restoreOrder(unit, work, tried);
    case 'autobill.stop':
      return stopAutoBill(unit, work, tried);
    case 'offer.change': {
      const { offerId, entitlements: merchantEntitlementIds } = tried;
      return changeOffer(unit, work, { offerId, name: undefined, merchantEntitlementIds });
    }
  }
}

function present({ changes, isCut, later }: Effect): z.input<typeof Preview> {
  const presented = changes.map((change) => {
    const { line, hadAccess, hasAccess } = change;
    const { VID, merchantAccountId, merchantEntitlementId, source, action, before, after } = line;
    const stateOf = (state: typeof after) => ({ start: toIso(state.start), end: toIso(state.end) });
    return {
      ...{ VID, merchantAccountId, merchantEntitlementId, source, action },
      before: before && stateOf(before),
      after: stateOf(after),
      hadAccess,
      hasAccess,
      text: describe(change),
    };
  });
  const text = presented.map((one) => one.text);
  if (isCut) text.push(`More than ${MOST_CHANGES} entitlements change; the others are not shown.`);
  if (later > 0) text.push(`${later} more orders follow in the background.`);
  if (text.length === 0) text.push('No access changes.');
  return { text, changes: presented, isCut, later };
}

function describe({ line, hadAccess, hasAccess, hasOther }: Foreseen): string {
  const { VID, merchantAccountId = VID, merchantEntitlementId: id, source, before, after } = line;
  const was = before ? describeEnd(before.end, toIso) : 'nothing';
  const lost = hadAccess && !hasAccess ? ': no other source gives it' : '';
  const also = hasOther ? ': another source gives it, too' : lost;
  return (
    `${merchantAccountId} ${verb(hadAccess, hasAccess)} ${id}${also}. ` +
    `By ${source}: ${was} → ${describeEnd(after.end, toIso)}.`
  );
}

function verb(had: boolean, has: boolean): string {
  if (had && has) return 'keeps access to';
  if (has) return 'gets access to';
  return had ? 'loses access to' : 'has no access to';
}
