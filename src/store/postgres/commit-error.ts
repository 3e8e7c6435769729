/** How a unit fails whose changes could not be kept. */
import { CommitError, StoreError } from '../store-error';
import { toStoreError } from './errors';

/** @param unknown whether the changes may have been kept all the same; default: they were not */
export function commitError(error: unknown, unknown = false): CommitError {
  const cause = toStoreError(error);
  const { kind, description } =
    cause instanceof StoreError
      ? cause
      : ({ kind: 'failed', description: 'the changes before it could not be kept' } as const);
  const end = unknown ? '; whether the change was kept is not known' : '';
  return new CommitError(kind, description + end, { cause: error });
}
