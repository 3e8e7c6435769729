/** Takes secrets out of the JSON of a call before it is shown. */

/** Fields that are no text to be shown: new API keys, what signs messages, the password of HTTP Basic. */
const SECRETS: ReadonlySet<string> = new Set(['key', 'secret', 'password']);

/** For JSON.stringify: `***` in place of each secret. */
export function hideSecrets(name: string, value: unknown): unknown {
  return SECRETS.has(name) && typeof value === 'string' ? '***' : value;
}
