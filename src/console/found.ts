/** What a search finds, and the names of an account. */
import { z } from 'zod';
import type { StoredAccount } from '../store/store';

const AccountRef = z.object({ VID: z.string(), merchantAccountId: z.string().optional() });

/** An account by the names that people know it by. */
export const NamedAccount = AccountRef.extend({
  email: z.string().optional(),
  name: z.string().optional(),
}).meta({ id: 'NamedAccount' });

/** The same as a value. */
export function nameAccount({
  VID,
  merchantAccountId,
  emailAddress: email,
  name,
}: StoredAccount): z.input<typeof NamedAccount> {
  return { VID, merchantAccountId, email, name };
}

const KINDS = ['account', 'order', 'autobill', 'call', 'entitlement'] as const;
const NAMES = [
  ...['email', 'merchantAccountId', 'VID', 'externalId', 'orderId', 'merchantAutoBillId'],
  ...['soapId', 'entitlementId'],
] as const;

/** What gives entitlements. */
const GIVERS = ['offer', 'product', 'billing plan'] as const;

/** What a search finds. */
export const Found = z
  .object({
    kind: z.enum(KINDS),
    by: z.array(z.enum(NAMES)).meta({ description: 'Which of its names begin so.' }),
    name: z.string().meta({ description: 'The first of them.' }),
    account: NamedAccount.optional(),
    giver: z
      .enum(GIVERS)
      .optional()
      .meta({ description: 'Of an entitlement: what kind of thing gives it first.' }),
    text: z.string().optional().meta({
      description:
        'Of an entitlement: what gives it, or, where nothing does, whose the last line about it is; of a call: what it did.',
    }),
  })
  .meta({ id: 'SearchHit' });

/** The same as a value. */
export type Found = z.input<typeof Found>;
