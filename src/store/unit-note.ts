/** What those who carry out units of work note of them, for those whom the unit calls. */
import type { UnitOfWork } from './store';

/**
 * A note of units: a property of theirs. A weak map of ten thousand units a second would cost V8's collector a fifth of the
 * time that changes take.
 */
export class UnitNote<T> {
  private readonly key = Symbol('note');

  /** Notes something of a unit, in place of what was noted before. */
  set(unit: UnitOfWork, value: T | undefined): void {
    (unit as unknown as Record<symbol, T | undefined>)[this.key] = value;
  }

  /** What is noted of it; undefined: nothing. */
  get(unit: UnitOfWork): T | undefined {
    return (unit as unknown as Record<symbol, T | undefined>)[this.key];
  }
}
