/** What the names of all settings in the environment begin with. */
export const PREFIX = 'LATCHKEY_';

/** Whether a variable of the environment is a setting, or a slip in the name of one. */
export function isLikeSetting(name: string): boolean {
  return name.startsWith(PREFIX);
}
