/**
 * All entitlements of an account as they were when one line of the ledger was its last, a past one or that of now; read
 * page by page while others change them.
 * Decided: docs/decisions/entitlement-batches.md
 */
import { pagesOf } from '../base/pages';
import { unprocessable } from '../base/refusal';
import type { EntitlementState } from '../entitlements/entitlement';
import type { ReplacedEntitlement } from '../store/entitlements';
import { entitlementPages } from '../store/pages';
import type { EntitlementKey, Reader, StoredEntitlement } from '../store/store';

/** The most entitlements that may have changed since the line, or do so while an account's are read. */
const MOST_REPLACED = 10_000;

/**
 * Pages of them, ordered by merchantEntitlementId, source and sourceId. Between two pages the event loop turns.
 * @param line the account's last line that counts; 0: none does, and it held nothing
 * @throws Refusal 422 when too many of them have changed since; the pages throw it when too many change meanwhile
 */
export async function listAsOf(
  reader: Reader,
  accountId: number,
  line: number,
): Promise<AsyncGenerator<readonly StoredEntitlement[]>> {
  const replaced = new Replaced(reader, accountId, line);
  // What is too much is known before the first page.
  await replaced.readOn();
  return pagesAsOf(reader, accountId, replaced);
}

async function* pagesAsOf(
  reader: Reader,
  accountId: number,
  replaced: Replaced,
): AsyncGenerator<readonly StoredEntitlement[]> {
  for await (const page of entitlementPages(reader, accountId)) {
    // After the page: each change that it shows is then known.
    await replaced.readOn();
    yield page.flatMap((entitlement) => replaced.asItWas(entitlement));
  }
}

/** The states that lines after the one replaced: of each entitlement the first. */
class Replaced {
  private readonly states = new Map<string, EntitlementState | undefined>();

  constructor(
    private readonly reader: Reader,
    private readonly accountId: number,
    private line: number,
  ) {}

  async readOn(): Promise<void> {
    const read = (last: ReplacedEntitlement | undefined, limit: number) =>
      this.reader.listReplaced(this.accountId, last?.line ?? this.line, limit);
    for await (const lines of pagesOf(read, (rows) => this.reader.pause(rows))) {
      for (const { line, before, ...key } of lines) {
        this.line = line;
        const name = nameOf(key);
        if (!this.states.has(name)) this.states.set(name, before);
      }
      if (this.states.size > MOST_REPLACED) {
        throw tooManyReplaced();
      }
    }
  }

  /** Nothing where it was not there. */
  asItWas(entitlement: StoredEntitlement): StoredEntitlement[] {
    const name = nameOf(entitlement);
    if (!this.states.has(name)) return [entitlement];
    const before = this.states.get(name);
    return before ? [{ ...entitlement, ...before }] : [];
  }
}

/** Refuses a moment since when too much has changed. */
export const tooManyReplaced = () =>
  unprocessable(
    `More than ${MOST_REPLACED} of the account's entitlements have changed since then: ask for a later moment. ` +
      'GET /v1/audit lists each change.',
  );

/** No id has the character between the parts. */
function nameOf({ merchantEntitlementId, source, sourceId }: EntitlementKey): string {
  return `${merchantEntitlementId}\0${source}\0${sourceId}`;
}
