/** Products and billing plans as the console's calls take and show them. */
import { z } from 'zod';
import { USER_ID } from '../api/examples';
import { idInput } from '../api/schemas';
import type { MerchantEntitlementId } from '../contract/types.generated';
import { badPlace, cut, type PageInput } from '../rest/paging';
import type { Eventually, RowPart } from '../store/store';

/** The states of both. */
export const statusField = z.enum(['Active', 'Suspended']);

/** The longest description, in characters. */
const MAX_DESCRIPTION = 1000;

/** What products and billing plans have in common. */
export const Item = z.object({
  VID: z.string(),
  id: z.string().optional().meta({ description: "The merchant's own name for it." }),
  status: statusField.optional(),
  entitlements: z.array(z.object({ id: z.string(), description: z.string().optional() })),
});

export const descriptionInput = z.string().min(1, 'must not be empty').max(MAX_DESCRIPTION);

/** The fields that calls set of both. */
export const ItemInput = z.object({
  id: idInput("The merchant's own name for it."),
  status: statusField.optional(),
  entitlements: z
    .array(idInput('A merchantEntitlementId.'))
    .min(1, 'must hold one at least: leave it out and they stay as they are')
    .max(1000)
    .optional()
    .meta({ description: 'All the merchantEntitlementIds that it gives.' }),
});

/** The path of one item. */
export const ItemParams = z.object({ VID: idInput('The VID.') });

/** A body that changes nothing. */
export const hasAny = [
  (body: object) => Object.values(body).some((value) => value !== undefined),
  { error: 'must have a field' },
] as const;

/** An item of the examples. */
export const EXAMPLE_ITEM = {
  VID: USER_ID,
  id: 'news',
  status: 'Active',
  entitlements: [{ id: 'news' }],
} as const;

/** The values that items of both kinds have. */
interface Values {
  readonly VID: string;
  readonly status?: z.input<typeof statusField> | undefined;
  readonly merchantEntitlementIds?: readonly MerchantEntitlementId[] | undefined;
}

/** The common part of an answer. @param id the merchant's own name */
export function presentItem({ VID, status, merchantEntitlementIds = [] }: Values, id?: string) {
  const entitlements = merchantEntitlementIds.map(({ id: name = '', description }) => {
    return { id: name, description };
  });
  return { VID, id, status, entitlements };
}

/** Ids as the item is to have them: those that it has already keep their descriptions. */
export function toEntitlementIds(
  ids: readonly string[] | undefined,
  known: readonly MerchantEntitlementId[] = [],
): MerchantEntitlementId[] | undefined {
  return ids && [...new Set(ids)].map((id) => known.find((one) => one.id === id) ?? { id });
}

/**
 * A page of items and the place of the next, in the order in which they were made.
 * @param read may give fewer than asked for, one at least, though others follow
 * @throws Refusal 400 for a place that no page gave out
 */
export async function listItems<Row extends { readonly id: number }>(
  read: (part: RowPart) => Eventually<Row[]>,
  { lastLoadedId = '0', pageLength }: PageInput,
) {
  if (!/^\d{1,15}$/.test(lastLoadedId)) throw badPlace();
  const rows: Row[] = [];
  for (let after = Number(lastLoadedId); rows.length <= pageLength;) {
    const found = await read({ after, limit: pageLength + 1 - rows.length });
    const last = found.at(-1);
    if (!last) break;
    rows.push(...found);
    after = last.id;
  }
  return cut(rows, pageLength, ({ id }) => String(id));
}
