/** Counts calls by merchant and code, in memory of a bounded size, since the process started. */
import { CountsByKind } from './span-counts';
import type { SpanName } from './spans';

/** The most merchants that are counted. */
const MOST_MERCHANTS = 200;

/** The most codes of each that are counted by themselves. */
const MOST_CODES = 20;

/** Counts calls. */
export class CallCounts {
  private readonly merchants = new Map<string, CountsByKind>();

  /** @param login as the call named it; only one that was let in gets counts: anybody can make up others */
  add({ login, code, at }: { login: string | undefined; code: string; at: number }): void {
    if (login === undefined) return;
    let counts = this.merchants.get(login);
    if (!counts) {
      if (!isLetIn(code) || this.merchants.size >= MOST_MERCHANTS) return;
      this.merchants.set(login, (counts = new CountsByKind(MOST_CODES, 'other')));
    }
    counts.add(code, at);
  }

  /** The counts of a merchant by code, in a span that ends with the point of a moment. */
  series(login: string, span: SpanName, until: number) {
    const found = this.merchants.get(login)?.series(span, until) ?? [];
    return found.map(({ kind: code, counts }) => ({ code, counts }));
  }
}

/** Whether the code says that the login was right: a Fault comes before that is known. */
function isLetIn(code: string): boolean {
  return /^[2-4]\d\d$/.test(code) && !['401', '403', '429'].includes(code);
}
