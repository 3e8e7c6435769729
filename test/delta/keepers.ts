/** Keepers of a copy of the active entitlements, in step with the server: a loop here, and two programs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../clients/scenario';
import { CallFailed, fetchDelta, MERCHANT, type Shown } from './calls';
import { openDatabase } from '../store/sqlite/database';

/** Small, so that most spans have several pages. */
const PAGE_SIZE = 7;

export interface Keeper {
  /** Makes one pass up to that moment. @returns whether it could be completed */
  pass(until: number): Promise<boolean>;
  /** Up to when the copy is complete; undefined: nothing is. */
  mark(): number | undefined;
  /** The active ones, `account id`. */
  active(): string[];
  /** All of them, active or not, `account id`. */
  all(): string[];
}

export function pairOf({ account, id }: { account: string; id: string }): string {
  return `${account} ${id}`;
}

/** The work of the example programs, for many passes in little time. */
export class Loop implements Keeper {
  private until: number | undefined;
  private readonly copy = new Map<string, Shown>();

  /** @param again whether a call that failed is made again, or else the whole span is taken again */
  constructor(
    private readonly url: string,
    private readonly again: () => boolean,
  ) {}

  async pass(until: number): Promise<boolean> {
    const changed = new Map<string, Shown>();
    let failures = 0;
    for (let page = 0; ;) {
      try {
        const query = { from: this.until ?? 0, until, page, pageSize: PAGE_SIZE };
        const found = await fetchDelta(this.url, query);
        if (found.length === 0) break;
        for (const shown of found) {
          const pair = pairOf(shown);
          if (changed.has(pair)) throw new Error(`${pair} came twice`);
          changed.set(pair, shown);
        }
        page++;
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        if (++failures > 20) return false;
        if (this.again()) continue;
        changed.clear();
        page = 0;
      }
    }
    for (const [pair, shown] of changed) this.copy.set(pair, shown);
    this.until = until;
    return true;
  }

  mark(): number | undefined {
    return this.until;
  }

  active(): string[] {
    return [...this.copy.values()].filter(({ active }) => active).map(pairOf);
  }

  all(): string[] {
    return [...this.copy.keys()];
  }
}

interface Line {
  readonly account: string;
  readonly entitlement: string;
  readonly active: boolean;
}

/** One of the programs in examples/, a process for each pass. */
abstract class Program implements Keeper {
  protected readonly file: string;

  constructor(
    private readonly url: string,
    folder: string,
  ) {
    this.file = join(folder, 'access');
  }

  protected abstract readonly command: readonly [string, ...string[]];

  async pass(until: number): Promise<boolean> {
    const [command, ...args] = this.command;
    const moment = new Date(until).toISOString().replace('Z', '+00:00');
    const settings = {
      LATCHKEY_URL: this.url,
      LATCHKEY_LOGIN: MERCHANT.login,
      LATCHKEY_PASSWORD: MERCHANT.password,
      LATCHKEY_PAGE_SIZE: String(PAGE_SIZE),
      LATCHKEY_PAUSE: '0',
    };
    try {
      const lines = await run(command, [...args, this.file, moment], settings);
      expect(lines).toEqual([expect.stringMatching(/^\d+ changed until 20/)]);
      return true;
    } catch (error) {
      // It says what went wrong, and nothing else.
      const { message } = error as Error;
      expect(message).toMatch(/\n\n(Not completed: (500|\D)|Page \d+: 500 )/);
      expect(message).not.toMatch(/Traceback|Warning/);
      return false;
    }
  }

  abstract mark(): number | undefined;

  protected abstract lines(): Line[];

  active(): string[] {
    return this.lines()
      .filter(({ active }) => active)
      .map(({ account, entitlement: id }) => pairOf({ account, id }));
  }

  all(): string[] {
    return this.lines().map(({ account, entitlement: id }) => pairOf({ account, id }));
  }
}

export class Php extends Program {
  protected readonly command = [
    'php',
    ...['-d', 'display_errors=stderr', '-d', 'error_reporting=-1'],
    'php/cache-in-step.php',
  ] as const;

  mark(): number | undefined {
    const { until } = this.read();
    return until === undefined ? undefined : Date.parse(until);
  }

  protected lines(): Line[] {
    return Object.values(this.read().access);
  }

  private read(): { until?: string; access: Record<string, Line> } {
    if (!existsSync(this.file)) return { access: {} };
    return JSON.parse(readFileSync(this.file, 'utf8')) as ReturnType<Php['read']>;
  }
}

export class Python extends Program {
  // The system's Python: that is where Debian's packages are.
  protected readonly command = ['/usr/bin/python3', 'python-zeep/cache_in_step.py'] as const;

  mark(): number | undefined {
    const [until] = this.select('SELECT until FROM progress') as Array<{ until: string }>;
    return until && Date.parse(until.until);
  }

  protected lines(): Line[] {
    return this.select('SELECT account, entitlement, active FROM access') as Line[];
  }

  private select(sql: string): unknown[] {
    if (!existsSync(this.file)) return [];
    const database = openDatabase(this.file, { readonly: true });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  }
}
