/** GET /console/api/ledger: what happened, the newest first, in words. */
import { z } from 'zod';
import { ExplainedLine } from '../api/access';
import { AUDIT_LINE, CREATED } from '../api/examples';
import { accountInput, orderIdInput } from '../api/schemas';
import { toIso } from '../base/iso';
import { invalid } from '../base/refusal';
import { requireOrder } from '../orders/order-state';
import { momentInput } from '../rest/fields';
import { ok } from '../rest/ok';
import { badPlace, cut, nextPage, PageQuery } from '../rest/paging';
import type { LedgerRow } from '../store/store';
import { requireAccount } from '../support/find-accounts';
import { describeLine, presentLine } from '../support/present-line';
import { whenUpToDate } from '../ledger/up-to-date';
import { defineConsole } from './context';

/** A line with its sentence. */
export function explainLine(row: LedgerRow): z.input<typeof ExplainedLine> {
  return { ...presentLine(row, toIso), text: describeLine(row, toIso) };
}

/** Reads the number of a line. @throws Refusal 400 where it is none */
export function lineNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw badPlace();
  return Number(text);
}

export const listLedger = defineConsole({
  method: 'get',
  path: '/ledger',
  name: 'listLedger',
  summary: 'List what changed access, when and why, the newest first',
  description:
    'Of the whole merchant, an account or an order. `GET /v1/audit` has the same oldest first.',
  tag: 'Accounts',
  query: PageQuery.extend({
    account: accountInput.optional(),
    order: orderIdInput.optional(),
    from: momentInput.optional().meta({ description: 'From this moment on.' }),
    to: momentInput.optional().meta({ description: 'Until just before this moment.' }),
  }),
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ lines: z.array(ExplainedLine), next_page: nextPage })
        .meta({ id: 'LedgerPage' }),
    },
  },
  example: {
    query: { order: 'A1', pageLength: '1' },
    answer: ok({
      lines: [
        {
          ...AUDIT_LINE,
          text: `Line 5: lessons of ada: granted by shop on ${CREATED}; without end.`,
        },
      ],
      next_page: '5',
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ tools, merchant, input: { query } }) => {
    const { account, order, lastLoadedId, pageLength } = query;
    const { from = 0, to: until = Number.MAX_SAFE_INTEGER } = query;
    if (until < from) throw invalid('to is before from.');
    const before = lineNumber(lastLoadedId);
    const { id } = await merchant();
    return whenUpToDate(tools, id, async (unit) => {
      const accountIds =
        account === undefined ? undefined : [(await requireAccount(unit, account)).id];
      if (order !== undefined) await requireOrder(unit, order);
      const span = { from, until, before, limit: pageLength + 1 };
      const found = await unit.audit.listLast({ ...span, orderId: order, accountIds });
      if (!found) throw badPlace();
      const page = cut(found, pageLength, (row) => String(row.id));
      return ok({ lines: page.rows.map(explainLine), next_page: page.next });
    });
  },
});
