/** AutoBills: SOAP makes them; the calls here record how their payments went. */
import { z } from 'zod';
import { STANDINGS } from '../entitlements/subscription';
import { ChangeHeaders } from './answer-once';
import { answerShown } from './answer-shown';
import { toIso } from '../base/iso';
import { conflict } from '../base/refusal';
import type { Work } from '../base/work';
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader, UnitOfWork } from '../store/store';
import { cancelAutoBill } from '../subscriptions/cancel-auto-bill';
import { describeAutoBill, requireAutoBill, unknownAutoBill } from '../subscriptions/describe';
import { recordFailedPayment, recordSettledPayment } from '../subscriptions/payments';
import { CREATED, START, USER_ID } from './examples';
import { presentTerm } from './present';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import { givenEntitlements, idInput, noteInput } from './schemas';
import { type ApiRoute, type ChangingCall, defineRoute } from './context';

const Params = z.object({
  merchantAutoBillId: idInput('The id of the AutoBill or, where it has none, its VID.'),
});

/** An AutoBill as answers show it. */
export const AutoBill = z
  .object({
    merchantAutoBillId: z.string().optional(),
    VID: z.string(),
    userId: z.string().optional().meta({ description: 'The VID of its Account.' }),
    standing: z.enum(STANDINGS).meta({
      description:
        'retrying: a payment failed and is tried again; failed: it was given up; cancelling: ' +
        'cancelled, and paid until its end.',
    }),
    active: z.boolean().meta({ description: 'Whether it gives access now.' }),
    start: momentOutput,
    end: momentOutput.optional().meta({ description: 'Until when it entitles; absent: no end.' }),
    nextBilling: momentOutput.optional(),
    retrySince: momentOutput.optional(),
    graceUntil: momentOutput.optional().meta({ description: 'Then the access ends by itself.' }),
    entitlements: givenEntitlements,
  })
  .meta({ id: 'AutoBill' });

/** An entitlement of the AutoBill of the examples. */
const NEWS = { merchantEntitlementId: 'news', active: true, start: START };

/** The last second of the period that is paid. */
const PAID_UNTIL = '2026-02-28T07:59:59.000Z';

const GRACE_ENDS = '2026-02-08T07:59:59.000Z';

/** That AutoBill. */
export const ACTIVE_AUTO_BILL: z.input<typeof AutoBill> = {
  merchantAutoBillId: 'sub-1',
  VID: '40c8e2a6b1d3957f8a0c2e4b6d8f91357b9d1f30',
  userId: USER_ID,
  standing: 'active',
  active: true,
  start: START,
  nextBilling: '2026-02-28T08:00:00.000Z',
  entitlements: [NEWS],
};

/** The same once it was stopped. */
const STOPPED: z.input<typeof AutoBill> = {
  ...ACTIVE_AUTO_BILL,
  standing: 'cancelling',
  end: PAID_UNTIL,
  nextBilling: undefined,
  entitlements: [{ ...NEWS, end: PAID_UNTIL }],
};

const AUTO_BILL = { 200: { description: 'The AutoBill.', schema: AutoBill } };
const NO_AUTO_BILL = { 404: unknownAutoBill('sub-1').message };
const tag = 'AutoBills';

const failed = defineRoute({
  method: 'post',
  path: '/autobills/{merchantAutoBillId}/payment-failed',
  name: 'reportAutoBillPaymentFailed',
  summary: 'Report that a payment failed',
  description:
    "The access stays for the merchant's days of grace (7 unless set otherwise) after the day of the " +
    "first failure, and ends by itself at 23:59:59 of the last of them in the server's zone; without " +
    'days of grace it ends at once, and so it does with `final`.',
  tag,
  params: Params,
  headers: ChangeHeaders,
  body: z
    .object({
      final: z
        .boolean()
        .optional()
        .meta({ description: 'Whether the payment is not tried again. Default: false.' }),
      note: noteInput,
    })
    .optional(),
  answers: AUTO_BILL,
  example: {
    params: { merchantAutoBillId: 'sub-1' },
    body: { note: 'card declined' },
    answer: ok({
      ...ACTIVE_AUTO_BILL,
      standing: 'retrying' as const,
      end: GRACE_ENDS,
      retrySince: CREATED,
      graceUntil: GRACE_ENDS,
      entitlements: [{ ...NEWS, end: GRACE_ENDS }],
    }),
  },
  refusals: [404, 422],
  refusalExamples: NO_AUTO_BILL,
  access: 'write',
  handle: (call) => answerWith(call, 'autobill-payment-failed', autoBillPaymentFailed),
});

const succeeded = defineRoute({
  method: 'post',
  path: '/autobills/{merchantAutoBillId}/payment-succeeded',
  name: 'reportAutoBillPaymentSucceeded',
  summary: 'Report that a payment came after all',
  description: 'Restores what failed payments took, and nothing that a cancellation ended.',
  tag,
  params: Params,
  headers: ChangeHeaders,
  body: z.object({ note: noteInput }).optional(),
  answers: AUTO_BILL,
  example: {
    params: { merchantAutoBillId: 'sub-1' },
    body: { note: 'paid at the second try' },
    answer: ok(ACTIVE_AUTO_BILL),
  },
  refusals: [404, 422],
  refusalExamples: NO_AUTO_BILL,
  access: 'write',
  handle: (call) => answerWith(call, 'autobill-payment-succeeded', autoBillPaymentSucceeded),
});

/** Refuses to stop one. @param reason in words */
export const notStopped = (reason: string) =>
  conflict(`The AutoBill cannot be stopped: ${reason}.`);

const stop = defineRoute({
  method: 'post',
  path: '/autobills/{merchantAutoBillId}/stop',
  name: 'stopAutoBill',
  summary: 'Stop an AutoBill: it is not billed any more',
  description:
    'The access stays until the end of the period that is paid; with `disentitle` it ends at once. Stopped already: it ' +
    'stays as it is, but for `disentitle`. Within its minimum commitment it is refused (409) without `force`.',
  tag,
  params: Params,
  headers: ChangeHeaders,
  body: z
    .object({
      disentitle: z
        .boolean()
        .optional()
        .meta({ description: 'Whether the access ends at once. Default: false.' }),
      force: z
        .boolean()
        .optional()
        .meta({ description: 'Whether a minimum commitment does not bind. Default: false.' }),
      note: noteInput,
    })
    .optional(),
  answers: AUTO_BILL,
  example: {
    params: { merchantAutoBillId: 'sub-1' },
    body: { note: 'ticket 7' },
    answer: ok(STOPPED),
  },
  refusals: [404, 409, 422],
  refusalExamples: {
    ...NO_AUTO_BILL,
    409: notStopped(
      'its minimum commitment runs until 2026-07-31T00:00:00-07:00, and force is not set',
    ).message,
  },
  access: 'write',
  handle: (call) => answerWith(call, 'autobill-stop', stopAutoBill),
});

const get = defineRoute({
  method: 'get',
  path: '/autobills/{merchantAutoBillId}',
  name: 'getAutoBill',
  summary: 'Get an AutoBill',
  tag,
  params: Params,
  answers: AUTO_BILL,
  example: { params: { merchantAutoBillId: 'sub-1' }, answer: ok(ACTIVE_AUTO_BILL) },
  refusals: [404],
  refusalExamples: NO_AUTO_BILL,
  access: 'read',
  handle: async (call) => ok(await getAutoBill(call.unit, call.work, call.input.params)),
});

interface Named {
  /** The merchant's own name for it or, where it has none, its VID. */
  readonly merchantAutoBillId: string;
}

interface Stopping extends Named {
  readonly disentitle?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly note?: string | undefined;
}

/** Changes the AutoBill that the path names, and answers with it. */
function answerWith<Body extends object>(
  call: ChangingCall<ChangeInput<Body>>,
  name: string,
  change: (unit: UnitOfWork, work: Work, input: Body & Named) => Promise<StoredAutoBill>,
) {
  const { unit, work, input } = call;
  const { timeZone } = work;
  const given = { ...input.params, ...(input.body as Body) };
  return answerShown(call, {
    name,
    change: async () => (await change(unit, work, given)).VID,
    show: async (reader, VID, now) =>
      presentAutoBill(reader, await requireAutoBill(reader, VID), { now, timeZone }),
  });
}

/** The input of such a call. */
interface ChangeInput<Body> {
  readonly params: z.output<typeof Params>;
  readonly headers: z.output<typeof ChangeHeaders>;
  readonly body: Body | undefined;
}

/** A payment of an AutoBill failed. @throws Refusal 404 */
async function autoBillPaymentFailed(
  unit: UnitOfWork,
  work: Work,
  {
    final = false,
    note,
    ...named
  }: Named & { final?: boolean | undefined; note?: string | undefined },
): Promise<StoredAutoBill> {
  const autoBill = await requireAutoBill(unit, named.merchantAutoBillId);
  return recordFailedPayment(unit, work, autoBill, { final, note });
}

/** A payment of an AutoBill came after all. @throws Refusal 404 */
async function autoBillPaymentSucceeded(
  unit: UnitOfWork,
  work: Work,
  { note, ...named }: Named & { note?: string | undefined },
): Promise<StoredAutoBill> {
  const autoBill = await requireAutoBill(unit, named.merchantAutoBillId);
  return recordSettledPayment(unit, work, autoBill, { note });
}

/** Stops an AutoBill. @throws Refusal 404, or 409 within its minimum commitment */
export async function stopAutoBill(
  unit: UnitOfWork,
  work: Work,
  { disentitle = false, force = false, note, merchantAutoBillId }: Stopping,
): Promise<StoredAutoBill> {
  const autoBill = await requireAutoBill(unit, merchantAutoBillId);
  const how = { disentitle, force, note, cancelReasonCode: undefined, refuse: notStopped };
  return cancelAutoBill(unit, work, autoBill, how);
}

/** An AutoBill as it is now. @throws Refusal 404 */
async function getAutoBill(reader: Reader, work: Work, named: Named) {
  return presentAutoBill(reader, await requireAutoBill(reader, named.merchantAutoBillId), work);
}

/** The same as a value. */
export async function presentAutoBill(
  reader: Reader,
  autoBill: StoredAutoBill,
  when: Pick<Work, 'now' | 'timeZone'>,
) {
  const { start, end, entitlements, ...described } = await describeAutoBill(reader, autoBill, when);
  const { nextBilling, retrySince, graceUntil, ...plain } = described;
  return {
    ...plain,
    ...presentTerm({ start, end }),
    nextBilling: toIso(nextBilling),
    retrySince: toIso(retrySince),
    graceUntil: toIso(graceUntil),
    entitlements: entitlements.map(({ merchantEntitlementId, active, ...term }) => {
      return { merchantEntitlementId, active, ...presentTerm(term) };
    }),
  };
}

/** In the order in which they are listed. */
export const AUTO_BILL_ROUTES: readonly ApiRoute[] = [get, failed, succeeded, stop];
