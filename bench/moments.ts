/** The moments of the bench's units of work, by the system's clock: no other process writes to its files. */
export const MOMENTS = {
  nowOf: Date.now,
  unitNow: Date.now,
  latest: () => Infinity,
  // The server knows that nothing is due as soon as it has looked once.
  nextDueOf: () => Infinity,
  keepNextDue: () => undefined,
  noteDue: () => undefined,
};
