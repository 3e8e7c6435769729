/** Which faults are of a reply. Apart from their schema, which takes long to load. */

/** The parts of a fault that say it. */
interface Effect {
  readonly fault?: unknown;
  /** Milliseconds, or an object with their distribution. */
  readonly delay?: number | { readonly type: string } | undefined;
}

/** Whether a fault is one of a reply, which there must be. */
export function isOfReply({ fault, delay }: Effect): boolean {
  return fault === 'CUT_BODY' || (typeof delay === 'object' && delay.type === 'dribble');
}
