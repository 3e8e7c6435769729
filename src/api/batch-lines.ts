/**
 * The lines of POST /v1/entitlements:batch and of `latchkey entitlement import`, and what each asks for. Fields are
 * spelt as in the contract.
 */
import { z } from 'zod';
import { REASONS } from '../entitlements/order-access';
import type { GrantChange } from '../grants/change-grant';
import { type ChangeKind, extendingBy, extendingTo, granting, REVOKING } from '../grants/kinds';
import { momentInput, momentOutput } from '../rest/fields';
import { idInput, noteInput } from './schemas';

const target = {
  merchantAccountId: idInput('The account; this, its VID or both.').optional(),
  VID: idInput("The account's VID.").optional(),
  merchantEntitlementId: idInput('The entitlement.'),
  note: noteInput.meta({ description: 'For the readers of the ledger.' }),
};

/** A line that grants. */
export const Grant = z
  .object({
    action: z.literal('grant'),
    ...target,
    startTimestamp: momentInput.optional().meta({
      description: 'Absent: now; of one that is held, the start that it has.',
    }),
    endTimestamp: momentInput.optional().meta({ description: 'Absent: without end.' }),
    description: z.string().optional(),
  })
  .strict();

/** A line that revokes. */
export const Revoke = z
  .object({
    action: z.literal('revoke'),
    ...target,
    reason: z.enum(REASONS).optional().meta({ description: 'Why; kept in the ledger.' }),
  })
  .strict();

const count = z.int().optional();
const Interval = z.object({ years: count, months: count, weeks: count, days: count }).strict();

/** A line that extends. */
export const Extend = z
  .object({
    action: z.literal('extend'),
    ...target,
    extensionDate: momentInput.optional().meta({ description: 'The new end; or give interval.' }),
    interval: Interval.optional().meta({
      description: "By how much the end moves, on the calendar of the server's zone.",
    }),
  })
  .strict()
  .refine(({ extensionDate, interval }) => !extensionDate || !interval, {
    error: 'must have extensionDate or interval, not both',
  });

/** A line: what is to be done to one entitlement of one account. */
export const BatchLine = z
  .discriminatedUnion('action', [Grant, Revoke, Extend], {
    // What is no object at all is refused in the usual words.
    error: ({ input }) =>
      typeof input === 'object' && !Array.isArray(input)
        ? 'must be grant, revoke or extend'
        : undefined,
  })
  .meta({ id: 'EntitlementChange' });

/** The result of a line. */
export const BatchResult = z
  .object({
    line: z.int().meta({ description: 'The number of the line, from 1; empty lines count, too.' }),
    status: z
      .int()
      .meta({ description: '200: done; else the line is refused, and changed nothing.' }),
    error: z.string().optional().meta({ description: "The status's name, where it is refused." }),
    message: z.string().optional().meta({ description: 'Why it is refused.' }),
    VID: z.string().optional(),
    merchantAccountId: z.string().optional(),
    merchantEntitlementId: z.string().optional(),
    startTimestamp: momentOutput.optional(),
    endTimestamp: momentOutput.optional().meta({ description: 'Absent: without end.' }),
    active: z.boolean().optional().meta({ description: 'Whether it is in force then.' }),
  })
  .meta({ id: 'EntitlementChangeResult' });

/** A result as it is written. */
export type BatchResult = z.input<typeof BatchResult>;

/** The change that a line asks for. @param timeZone on whose calendar an interval is counted */
export function toChange(line: z.output<typeof BatchLine>, timeZone: string): GrantChange {
  const { VID, merchantAccountId, merchantEntitlementId, note } = line;
  const reason = line.action === 'revoke' ? line.reason : undefined;
  const account = { VID, merchantAccountId };
  return { account, merchantEntitlementId, note, reason, ...kindOf(line, timeZone) };
}

function kindOf(line: z.output<typeof BatchLine>, timeZone: string): ChangeKind {
  switch (line.action) {
    case 'grant': {
      const { startTimestamp: start, endTimestamp: end, description } = line;
      return granting({ start, end, description });
    }
    case 'revoke':
      return REVOKING;
    case 'extend': {
      if (!line.interval) return extendingTo(line.extensionDate);
      const { years = 0, months = 0, weeks = 0, days = 0 } = line.interval;
      return extendingBy({ years, months, weeks, days }, timeZone);
    }
  }
}
