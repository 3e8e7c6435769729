/** The shape of a setting. */

/** One setting: its variable, its flag, its default, how its text is read. */
export interface Setting<T> {
  readonly variable: string;
  readonly flag: string;
  readonly description: string;
  readonly default: string;
  /** @returns the value, or undefined when the text is none */
  readonly parse: (text: string) => T | undefined;
  /** The expectation that the message about a bad value names. */
  readonly expected: string;
}

/** A setting that cannot be used; the message is one line that names it. */
export class SettingError extends Error {
  override name = 'SettingError';
}
