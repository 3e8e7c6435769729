/** A browser before the real server: what the console shows is looked at, and what the browser sent and complained of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as AXE } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type RunningCommand, runLatchkeyWith, startServe } from '../harness/run-latchkey';

/** Debian's Chromium; CHROMIUM names another. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Milliseconds that something on a page may take to appear. */
const PATIENCE = 20_000;

/** How a page is looked at. */
const LOOKS = {
  desktop: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  narrow: { viewport: { width: 320, height: 700 }, colorScheme: 'dark' },
  'desktop, dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'narrow, light': { viewport: { width: 320, height: 700 }, colorScheme: 'light' },
  tablet: { viewport: { width: 768, height: 1024 }, colorScheme: 'light' },
  'wide, dark': { viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

export type Look = keyof typeof LOOKS;
export const ALL_LOOKS = Object.keys(LOOKS) as readonly Look[];

/** Those in which long documents are looked at: two widths, each light and dark. */
export const DOCUMENT_LOOKS = ALL_LOOKS.filter((look) => !['tablet', 'wide, dark'].includes(look));

/** Those in which what people do is gone through. */
export const STORY_LOOKS = ['desktop', 'narrow'] as const satisfies readonly Look[];

/** A server with the demo data, and a browser. */
export interface Stage {
  readonly url: string;
  /** The file of its database. */
  readonly database: string;
  /** Opens a page of a person who isn't signed in. @param locale of the browser; absent: en-GB */
  readonly open: (look: Look, locale?: string) => Promise<Watched>;
  readonly end: () => Promise<void>;
}

/** A page, and what went wrong on it. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of the browser's console, and requests that led elsewhere than to the server. */
  readonly complaints: readonly string[];
  /** Requests that failed or were refused, as the browser's console has them: to open a page makes none. */
  readonly refusals: readonly string[];
}

/** @param args of `latchkey serve`, beside `--demo` */
export function startStage(...args: string[]): Promise<Stage> {
  return start(['--demo', ...args]);
}

/** A server with a new database and nobody but these people in it, whose password is `first password`. */
export function startEmptyStage(
  ...people: ReadonlyArray<readonly [name: string, role: string]>
): Promise<Stage> {
  return start([], people);
}

async function start(
  args: readonly string[],
  people: ReadonlyArray<readonly [name: string, role: string]> = [],
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-browser-'));
  const database = join(folder, 'stage.db');
  const server: RunningCommand = startServe(database, ...args);
  const [, url = ''] = await server.until(/"url":"([^"]+)"/);
  for (const [name, role] of people) {
    const add = ['user', 'add', name, '--role', role, '--password-stdin'];
    await runLatchkeyWith({ database, input: 'first password' }, ...add);
  }
  // A simulation has the three accounts alone.
  const isYear = args.includes('--demo') && !args.includes('--simulate');
  if (isYear) await server.until(/a year of demo data was written/);
  // CI runs as root, where Chromium has no sandbox.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  return {
    url,
    database,
    open: (look, locale = 'en-GB') => watch(browser, url, { ...LOOKS[look], locale }),
    end: async () => {
      // A page may be looking again just now: what would answer it has no browser any more.
      const pages = browser.contexts().flatMap((context) => context.pages());
      await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function watch(browser: Browser, url: string, look: BrowserContextOptions): Promise<Watched> {
  const zone = { timezoneId: 'Europe/Berlin' };
  const context = await browser.newContext({ ...look, ...zone, baseURL: url });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints: string[] = [];
  const refusals: string[] = [];
  page.on('console', (message) => {
    // The browser itself writes down each answer that is a refusal.
    const isRefusal = /status of 4\d\d/.test(message.text());
    if (!['error', 'warning'].includes(message.type())) return;
    if (isRefusal) refusals.push(`${message.location().url} ${message.text()}`);
    else complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(`${url}/`) || request.url().startsWith('blob:');
    if (!isOwn) complaints.push(`asked ${request.url()}`);
  });
  return { page, complaints, refusals };
}

/** What axe finds wrong with a page, a line each. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(`${AXE}; 0`);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary),
  ))`);
}

/** Pixels by which a page is wider than its window, or a list than its place. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(`Math.max(document.documentElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll('.scroll')].map((list) => list.scrollWidth - list.clientWidth))`);
}
