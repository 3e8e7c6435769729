/** A state in a word, with a colour that says the same. */
export type Tone = 'good' | 'bad' | 'warn' | 'coming' | 'plain';

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

const TONES: Readonly<Record<string, Tone>> = {
  active: 'good',
  Active: 'good',
  enabled: 'good',
  delivered: 'good',
  ok: 'good',
  coming: 'coming',
  pending: 'coming',
  waiting: 'coming',
  retrying: 'warn',
  Suspended: 'warn',
  cancelling: 'warn',
  failing: 'warn',
  degraded: 'warn',
  expired: 'plain',
  cancelled: 'plain',
  ended: 'plain',
  revoked: 'bad',
  taken: 'bad',
  removed: 'bad',
  failed: 'bad',
  disabled: 'bad',
};

/** A word of the server's for a state. */
export function State({ of }: { readonly of: string }) {
  return <Badge tone={TONES[of] ?? 'plain'}>{of}</Badge>;
}
