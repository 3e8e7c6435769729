/** A store may answer at once or later; callers await either. */
export type Eventually<T> = T | Promise<T>;
