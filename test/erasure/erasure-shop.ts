/** A REST server on a file, and what the tests of erasure ask of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORK_KINDS } from '../../src/background/loops';
import { createErasuresLoop } from '../../src/background/erasures-loop';
import { carryOn } from '../../src/batches/long-work';
import { checkDatabase } from '../../src/store/sqlite/check';
import { ADMIN_KEY, type RestServer, startRestServer } from '../orders/rest';
import { MARK } from './person';

export const pathOf = (id: string) => `/accounts/${encodeURIComponent(id)}/personal-data`;

/** The answer of an erasure. */
export interface Erased {
  readonly VID: string;
  readonly merchantAccountId?: string;
  readonly idReplaced: boolean;
  readonly relatedAccounts: readonly string[];
  readonly erasures: ReadonlyArray<Record<string, unknown>>;
}

/** One test's server and database. */
export class ErasureShop {
  private readonly folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  readonly database = join(this.folder, 'test.db');
  private running: RestServer | undefined;

  get server(): RestServer {
    if (!this.running) throw new Error('it is not started');
    return this.running;
  }

  async start(): Promise<void> {
    this.running = await startRestServer({ database: this.database });
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** A call with the key that may erase. */
  call(method: string, path: string) {
    return this.server.call(method, path, { key: ADMIN_KEY });
  }

  async erase(id: string, query = ''): Promise<Erased> {
    const { status, body } = await this.call('DELETE', pathOf(id) + query);
    expect([status, body]).toEqual([200, body]);
    return body as Erased;
  }

  /** What the background does, until nothing is left to do. */
  async finish(): Promise<void> {
    const { store } = this.server;
    let made = 0;
    const newId = () => (made += 1).toString(16).padStart(40, 'e');
    const tools = { timeZone: 'UTC', newId };
    for (;;) {
      const next = await store.longWork.next(0);
      if (!next) break;
      await store.transact(next.merchantId, (unit) => carryOn(unit, tools, WORK_KINDS, next.id));
    }
    const loop = createErasuresLoop(store);
    while ((await loop.due()) !== undefined) await loop.run();
  }

  /** Every value of the database, by its place. */
  texts(): Array<[string, string]> {
    const all = (sql: string) =>
      this.server.database.prepare(sql).all() as Array<Record<string, unknown>>;
    return all("SELECT name FROM sqlite_schema WHERE type = 'table'").flatMap(({ name: table }) =>
      all(`SELECT * FROM ${String(table)}`).flatMap((row) =>
        Object.entries(row).map(([column, value]): [string, string] => [
          `${String(table)}.${column}`,
          String(value),
        ]),
      ),
    );
  }

  /** Those that hold the person's mark. */
  marked(): Array<[string, string]> {
    return this.texts().filter(([, text]) => text.toLowerCase().includes(MARK));
  }

  /** What `latchkey check` finds. */
  findings(): string[] {
    const found: string[] = [];
    checkDatabase(this.database, ({ text }) => found.push(text));
    return found;
  }
}
