/**
 * GET /v1/audit: who changed whose access, when and why, from the ledger.
 * Decided: docs/decisions/audit.md
 */
import { z } from 'zod';
import type { Reader } from '../store/store';
import { toIso } from '../base/iso';
import { invalid } from '../base/refusal';
import { momentInput, momentOutput } from '../rest/fields';
import { requireAccountsOf } from '../orders/find-user';
import { ok } from '../rest/ok';
import { badPlace, cut, nextPage, PageQuery } from '../rest/paging';
import { AUDIT_LINE } from './examples';
import { accountInput, emailInput, idInput, orderIdInput } from './schemas';
import { requireOrder } from '../orders/order-state';
import { notTheirOrder, unknownCall } from '../orders/refusals';
import { requireAccount } from '../support/find-accounts';
import { presentLine } from '../support/present-line';
import { defineRoute } from './context';

const State = z.object({
  start: momentOutput,
  end: momentOutput.optional().meta({ description: 'Absent: without end.' }),
});

/** A line of the ledger. */
export const AuditLine = z
  .object({
    id: z.string().meta({ description: "The number of the ledger's line." }),
    at: momentOutput,
    actor: z.string().meta({
      description:
        'Who: the name of an API key, the login of a SOAP client, `operator` for the command line, ' +
        '`latchkey` where time alone changed it.',
    }),
    action: z.string().meta({
      description: 'grant, revoke, restore, extend, transfer, start, expire or repair.',
    }),
    reason: z.string().optional().meta({ description: 'Why, as a word of a fixed list.' }),
    note: z.string().optional().meta({ description: "Why, in the caller's words." }),
    requestId: z
      .string()
      .optional()
      .meta({ description: "The call's X-Request-Id, or its soapId." }),
    orderId: z.string().optional().meta({ description: 'The order that the access came by.' }),
    source: z.string().meta({ description: 'What gave the access: Account, Order or AutoBill.' }),
    userId: z.string().meta({ description: 'The VID of the Account.' }),
    merchantAccountId: z.string().optional(),
    merchantEntitlementId: z.string(),
    before: State.optional().meta({ description: 'Absent: it was new.' }),
    after: State,
  })
  .meta({ id: 'AuditLine' });

const moment = (description: string) => momentInput.optional().meta({ description });

const AuditQuery = PageQuery.extend({
  order: orderIdInput.optional().meta({ description: 'Only what was done to this order.' }),
  account: accountInput.optional().meta({ description: 'Only what this account had.' }),
  email: emailInput.optional().meta({ description: 'Only what this user had.' }),
  soapId: idInput("Only what this call did: its X-Request-Id, or a SOAP call's soapId.").optional(),
  from: moment('From this moment on: ISO 8601 with an offset.'),
  to: moment('Until just before this moment: ISO 8601 with an offset.'),
});

/** The page as it is asked for. */
type AuditInput = z.output<typeof AuditQuery>;

export const audit = defineRoute({
  method: 'get',
  path: '/audit',
  name: 'listAuditLines',
  summary: 'List who changed whose access, when and why',
  description:
    'The lines of the ledger, oldest first: each change of an entitlement, also by SOAP, with what ' +
    'was before and after it. No call changes or deletes a line, but the erasure of personal data takes notes, and ' +
    'ids that say who the person is, out of it. Starts and ends by time alone are written down until the moment of the call.',
  tag: 'Audit',
  query: AuditQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ lines: z.array(AuditLine), next_page: nextPage })
        .meta({ id: 'AuditPage' }),
    },
  },
  example: {
    query: { order: 'A1', pageLength: '1' },
    answer: ok({
      lines: [AUDIT_LINE],
      next_page: '5',
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ whenUpToDate, input }) =>
    ok(await whenUpToDate((reader) => listAudit(reader, input.query))),
});

/**
 * A page of the ledger.
 * @throws Refusal 404 for an unknown order or user, an order of someone else or a call without a line; 400 for a span
 *   that ends before it starts, or a lastLoadedId that is no line
 */
async function listAudit(reader: Reader, input: AuditInput) {
  const { order, account, email, soapId, lastLoadedId, pageLength } = input;
  const { from = 0, to: until = Number.MAX_SAFE_INTEGER } = input;
  if (until < from) throw invalid('to is before from.');
  if (lastLoadedId !== undefined && !/^[1-9]\d{0,14}$/.test(lastLoadedId)) throw badPlace();
  const accounts = await namedAccounts(reader, input);
  if (order !== undefined) {
    const { accountId } = await requireOrder(reader, order);
    if (accounts && !accounts.some(({ id }) => id === accountId))
      throw notTheirOrder(account ?? email ?? '', order);
  }
  if (soapId !== undefined) await requireCall(reader, soapId);
  const found = await reader.audit.listLines({
    from,
    until,
    orderId: order,
    soapId,
    accountIds: accounts?.map(({ id }) => id),
    after: lastLoadedId === undefined ? undefined : Number(lastLoadedId),
    limit: pageLength + 1,
  });
  if (!found) throw badPlace();
  const page = cut(found, pageLength, ({ id }) => String(id));
  return { lines: page.rows.map((row) => presentLine(row, toIso)), next_page: page.next };
}

/** The accounts that the page is about; undefined: all of them. */
async function namedAccounts(reader: Reader, { account, email }: AuditInput) {
  if (account !== undefined && email !== undefined)
    throw invalid('Name account or email, not both.');
  if (account !== undefined) return [await requireAccount(reader, account)];
  return email === undefined ? undefined : requireAccountsOf(reader, email);
}

async function requireCall(reader: Reader, soapId: string): Promise<void> {
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, after: undefined };
  const lines = await reader.audit.listLines({ ...all, soapId, limit: 1 });
  if (lines?.length === 0) throw unknownCall(soapId);
}
