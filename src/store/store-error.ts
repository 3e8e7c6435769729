/** How a store fails. */

/**
 * A store that failed. `refused`: it would not make this change (a constraint, a trigger).
 * `unavailable`: it cannot work at present (disk full, read-only, locked). `failed`: the rest.
 */
export class StoreError extends Error {
  override name = 'StoreError';

  /** @param description the cause in plain words, fit for a returnString: no SQL, no path */
  constructor(
    readonly kind: 'refused' | 'unavailable' | 'failed',
    readonly description: string,
    options?: ErrorOptions,
  ) {
    super(description, options);
  }
}

/** A unit of work whose changes could not be made durable; they are rolled back. */
export class CommitError extends StoreError {
  override name = 'CommitError';
}
