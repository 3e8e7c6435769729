/**
 * `npm run bench:feed`: what webhooks cost the calls beside them, how many messages go out a second, how late they are while
 * changes come in, and how much memory those take that wait. See ../README.md.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { type Contestant, startOn } from '../contestant';
import { load } from '../load';
import { median } from '../report';
import { scenarios } from '../scenarios';
import { seed } from '../seed';
import { addEvents, addWebhooks } from './endpoints';
import type { Asked, Report } from './receiver';

const CONNECTIONS = 32;
const WEBHOOKS = 5;

/** Changes a second while lateness is measured. */
const RATE = 500;

/** Between two looks at what has come, in milliseconds. */
const LOOK = 250;

/** The parts, in their order. */
const PARTS = ['cost', 'lag', 'rate'] as const;

interface Options {
  readonly only: readonly string[];
  readonly seconds: string;
  readonly rounds: string;
  readonly waiting: string;
}

let folder: string;

async function run(options: Options): Promise<void> {
  const [seconds, rounds, waiting] = [options.seconds, options.rounds, options.waiting].map(Number);
  folder = mkdtempSync(join(tmpdir(), 'latchkey-feed-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${loads()}`);
  const { only } = options;
  if (only.includes('cost')) await measureCost(seconds ?? 0, rounds ?? 0);
  if (only.includes('lag')) await measureLag(seconds ?? 0);
  if (only.includes('rate')) await measureRate(waiting ?? 0);
  console.log(`load ${loads()} at the end`);
}

const loads = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

const CHANGES = (() => {
  const [found] = scenarios(CONNECTIONS).filter(({ name }) => name === 'change');
  if (!found) throw new Error('there is no scenario change');
  return found;
})();

/** A receiver of its own process. */
class Receiver {
  private constructor(private readonly child: ChildProcess) {}

  static start(): Receiver {
    return new Receiver(fork(join(__dirname, 'receiver.js')));
  }

  report(): Promise<Report> {
    return new Promise((resolve) => {
      this.child.once('message', (report) => resolve(report as Report));
      this.ask('report');
    });
  }

  /** Forgets how late messages have come so far. */
  forget(): void {
    this.ask('forget');
  }

  private ask(asked: Asked): void {
    this.child.send(asked);
  }

  async url(): Promise<string> {
    for (;;) {
      const { port } = await this.report();
      if (port > 0) return `http://127.0.0.1:${port}`;
    }
  }

  stop(): void {
    this.child.disconnect();
  }
}

async function newDatabase(name: string): Promise<string> {
  const database = join(folder, `${name}.db`);
  await seed(database);
  return database;
}

/** Changes a second with five webhooks and without any, the servers in turn. */
async function measureCost(seconds: number, rounds: number): Promise<void> {
  const receiver = Receiver.start();
  const [alone, beside] = [await newDatabase('alone'), await newDatabase('beside')];
  await addWebhooks(beside, WEBHOOKS, await receiver.url());
  const entryOf = (server: Contestant) => ({
    ...{ server, rates: [] as number[], work: [] as number[] },
    from: 0,
  });
  const servers = [
    entryOf(await startOn('latchkey', alone, 'info')),
    entryOf(await startOn('latchkey', beside, 'info')),
  ];
  for (let round = 0; round <= rounds; round += 1) {
    // In turn the other way round, so that what changes over time meets both.
    for (const entry of round % 2 ? servers : servers.toReversed()) {
      const { from, server } = entry;
      const { processor: before } = await server.vitals();
      const done = await load(server.endpoint, CHANGES, { seconds, from });
      const { processor } = await server.vitals();
      entry.from += done.sent;
      // The first is for warming up.
      if (round === 0) continue;
      entry.rates.push(done.answered / done.seconds);
      entry.work.push((1000 * (processor - before)) / done.answered);
    }
  }
  const [without, withFive] = servers.map(({ rates }) => median(rates));
  const ratio = (withFive ?? NaN) / (without ?? NaN);
  console.log(
    `changes: ${without?.toFixed(0)}/s without webhooks, ${withFive?.toFixed(0)}/s with ${WEBHOOKS}: ` +
      `${ratio.toFixed(3)} (wanted: 0.97); messages meanwhile: ${(await receiver.report()).count}`,
  );
  const [aloneWork, besideWork] = servers.map(({ work }) => median(work));
  console.log(
    `processor for a change: ${aloneWork?.toFixed(0)} us without, ${besideWork?.toFixed(0)} us with ${WEBHOOKS}`,
  );
  for (const { server } of servers) await server.stop();
  receiver.stop();
}

/** How late messages come while changes come in at a steady rate. */
async function measureLag(seconds: number): Promise<void> {
  const receiver = Receiver.start();
  const database = await newDatabase('lag');
  await addWebhooks(database, 1, await receiver.url());
  const server = await startOn('latchkey', database, 'info');
  await load(server.endpoint, CHANGES, { seconds: 1, from: 0, rate: RATE });
  await drained(receiver);
  const before = await receiver.report();
  receiver.forget();
  const done = await load(server.endpoint, CHANGES, { seconds, from: 5000, rate: RATE });
  await drained(receiver);
  const { count, worstLag } = await receiver.report();
  console.log(
    `${(done.answered / done.seconds).toFixed(0)} changes a second: ${count - before.count} messages, ` +
      `the latest ${worstLag} ms after its change (wanted: under 1000)`,
  );
  await server.stop();
  receiver.stop();
}

/** Fulfils when nothing has come for a while. */
async function drained(receiver: Receiver): Promise<void> {
  for (let last = -1; ;) {
    const { count } = await receiver.report();
    if (count === last) return;
    last = count;
    await setTimeout(4 * LOOK);
  }
}

/** How fast those are worked off that wait, and the memory of the server meanwhile. */
async function measureRate(waiting: number): Promise<void> {
  const receiver = Receiver.start();
  const database = await newDatabase('rate');
  await addWebhooks(database, 1, await receiver.url());
  await addEvents(database, waiting);
  const server = await startOn('latchkey', database, 'info');
  const started = performance.now();
  const { processor: before } = await server.vitals();
  await watchMemory(server, receiver, waiting);
  const seconds = (performance.now() - started) / 1000;
  const work = (1000 * ((await server.vitals()).processor - before)) / waiting;
  console.log(
    `${waiting.toLocaleString('en')} waiting: ${(waiting / seconds).toFixed(0)} messages a second ` +
      `(wanted: 1500), ${work.toFixed(0)} us of the processor each`,
  );
  await server.stop();
  receiver.stop();
}

/** Parts of the messages whose memory is watched one by one. */
const TENTHS = 10;

/** Prints the most memory in each tenth of the messages, in megabytes, as soon as it is over. */
async function watchMemory(server: Contestant, receiver: Receiver, waiting: number) {
  let [tenth, most] = [0, 0];
  for (;;) {
    const { count } = await receiver.report();
    for (; tenth < Math.floor((TENTHS * count) / waiting); tenth += 1) {
      console.log(`memory in tenth ${tenth + 1}: ${most.toFixed(0)} MB`);
      most = 0;
    }
    if (count >= waiting) return;
    most = Math.max(most, (await server.residentMemory()) / 2 ** 20);
    await setTimeout(LOOK);
  }
}

new Command('bench:feed')
  .description('Measures webhooks: their cost for calls, their rate, their lateness, their memory.')
  .addOption(
    new Option('--only <parts...>', 'some parts').choices(PARTS).default([...PARTS], 'all'),
  )
  .option('--seconds <number>', 'how long a load takes', '5')
  .option('--rounds <number>', 'loads of each server', '5')
  .option('--waiting <number>', 'messages that are worked off', '50000')
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
