/**
 * `npm run bench:simulation`: how soon a simulation is ready, and how long its control calls take. On a busy machine the
 * processor's time says more than the clock, and ratios more than either. See ../README.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { type SeedInput, startLatchkey, type TestMerchant } from '../../src/testing';
import { align, median } from '../report';

const BUILD = join(__dirname, '..', '..', 'src');

/** How often each is measured. */
const STARTS = 7;
const CALLS = 20;

const ACCOUNTS = 100;

/** Each has two changes of access and two of its own course. */
const AUTO_BILLS = 2500;

/** Milliseconds: by the clock, and of the processor. */
interface Taken {
  readonly wall: number;
  readonly processor: number;
}

/** A program that prints how long it took until it was ready, and ends. */
const START = `
  const started = performance.now();
  require(${JSON.stringify(join(BUILD, 'testing', 'index.js'))})
    .startLatchkey()
    .then(async ({ stop }) => { console.log(performance.now() - started); await stop(); });`;

/** What is started, and what of its output says that it is ready. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', 'console.log(0)'],
  'latchkey serve, until it listens': [
    join(BUILD, 'cli.js'),
    ...['serve', '--port', '0', '--database', ':memory:', '--demo'],
  ],
  'startLatchkey(), with the start of Node.js': ['-e', START],
};

async function run(): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${loads()}\n`);
  await printStarts();
  await printCalls();
  console.log(`\nload ${loads()} at the end`);
}

const loads = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

async function printStarts(): Promise<void> {
  const all = new Map<string, number[]>(Object.keys(PROGRAMS).map((name) => [name, []]));
  const own: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    for (const [name, args] of Object.entries(PROGRAMS)) {
      const { milliseconds, line } = await startOf(args);
      all.get(name)?.push(milliseconds);
      if (args[1] === START) own.push(Number(line));
    }
  }
  const node = median(all.get('node -e 0') ?? []);
  const rows = [...all, ['startLatchkey() in a process that runs', own] as const].map(
    ([name, taken]) => [name, median(taken).toFixed(0), (median(taken) / node).toFixed(1)],
  );
  print(['ready', 'ms', 'x node -e 0'], rows);
}

/** From the start of a process to its first line. */
async function startOf(args: readonly string[]) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [piece] = (await once(child.stdout, 'data')) as [Buffer];
  const milliseconds = performance.now() - started;
  child.kill('SIGTERM');
  await ended;
  return { milliseconds, line: piece.toString() };
}

async function printCalls(): Promise<void> {
  await using latchkey = await startLatchkey();
  const merchants: TestMerchant[] = [];
  const made = await repeat(async () => {
    merchants.push(await latchkey.merchant());
  });
  const removed = await repeat(async () => {
    await merchants.pop()?.remove();
  });
  await using merchant = await latchkey.merchant();
  await merchant.seed(seedOf(ACCOUNTS, 0));
  const snapshot = await merchant.snapshot();
  const reset = await repeat(() => merchant.reset());
  const restored = await repeat(() => snapshot.restore());
  const rows = [
    row('a merchant made', made),
    row('a merchant removed', removed),
    row(`reset, ${ACCOUNTS} accounts`, reset),
    row(`restore, ${ACCOUNTS} accounts`, restored),
    row('a year of AutoBills in one call', await advanceYear(merchant)),
  ];
  console.log();
  print(['call', 'ms', 'processor ms'], rows);
}

async function advanceYear(merchant: TestMerchant): Promise<Taken> {
  await merchant.reset('empty');
  await merchant.clock.freeze('2030-01-01T00:00:00Z');
  await merchant.seed(seedOf(0, AUTO_BILLS));
  return measure(async () => {
    const { total } = await merchant.clock.advance('P1Y');
    if (total < 4 * AUTO_BILLS) throw new Error(`only ${total} changes fell due`);
  });
}

/** AutoBills start one after another, from January on, and end after a month. */
function seedOf(accounts: number, autoBills: number): SeedInput {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const plan = { merchantBillingPlanId: 'month' };
  const first = Date.parse('2030-01-02T00:00:00Z');
  return {
    accounts: numbers(accounts).map((index) => ({ merchantAccountId: `a${index}` })),
    entitlements: numbers(accounts).map((index) => ({
      account: { merchantAccountId: `a${index}` },
      merchantEntitlementId: 'play',
    })),
    billingPlans: [
      {
        ...plan,
        periods: [{ type: 'Month', quantity: 1, cycles: 1 }],
        merchantEntitlementIds: [{ id: 'tv' }],
      },
    ],
    products: [{ merchantProductId: 'p' }],
    autoBills: numbers(autoBills).map((index) => ({
      merchantAutoBillId: `b${index}`,
      account: { merchantAccountId: `b${index}` },
      billingPlan: plan,
      items: [{ product: { merchantProductId: 'p' } }],
      startTimestamp: new Date(first + index * 10_000_000).toISOString(),
    })),
  };
}

async function measure(work: () => Promise<unknown>): Promise<Taken> {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - started, processor: (user + system) / 1000 };
}

/** The medians of several. */
async function repeat(work: () => Promise<unknown>): Promise<Taken> {
  const taken: Taken[] = [];
  for (let index = 0; index < CALLS; index += 1) taken.push(await measure(work));
  return {
    wall: median(taken.map(({ wall }) => wall)),
    processor: median(taken.map(({ processor }) => processor)),
  };
}

const row = (name: string, { wall, processor }: Taken) => [
  name,
  wall.toFixed(1),
  processor.toFixed(1),
];

function print(head: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
  console.log(align([head, ...rows]));
}

void run();
