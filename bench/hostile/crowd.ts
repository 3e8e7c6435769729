/** The rate of honest clients alone and beside a crowd of slow ones, in turns, on one server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startContestant } from '../contestant';
import { load } from '../load';
import { align, median } from '../report';
import { scenarios } from '../scenarios';
import { ABORT, type Crowd, letLoose } from './strangers';

const CROWD: Crowd = { idle: 1000, slow: 200, aborting: 2 };
const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 8;

interface Round {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

/** Measures both and prints them. */
export async function compareWithCrowd(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-hostile-'));
  const server = await startContestant('latchkey', folder, 'info');
  const scenario = scenarios(CONNECTIONS).find(({ name }) => name === 'isEntitled');
  if (!scenario) throw new Error('there is no scenario isEntitled');
  const measure = async (): Promise<Round> => {
    const { answered, seconds, latencies } = await load(server.endpoint, scenario, {
      seconds: SECONDS,
      from: 0,
    });
    const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
    return { rate: answered / seconds, p50: at(0.5), p99: at(0.99) };
  };
  const alone: Round[] = [];
  const beside: Round[] = [];
  try {
    await measure();
    for (let round = 0; round < ROUNDS; round += 1) {
      alone.push(await measure());
      const sendHome = await letLoose(server.endpoint, CROWD);
      beside.push(await measure());
      sendHome();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
  print(alone, beside);
}

function print(alone: readonly Round[], beside: readonly Round[]): void {
  const of = (rounds: readonly Round[], pick: (round: Round) => number) => median(rounds.map(pick));
  const row = (name: string, rounds: readonly Round[]) => [
    name,
    of(rounds, ({ rate }) => rate).toFixed(0),
    of(rounds, ({ p50 }) => p50).toFixed(1),
    of(rounds, ({ p99 }) => p99).toFixed(1),
  ];
  const { idle, slow, aborting } = CROWD;
  const givenUp = (aborting * 1000) / ABORT;
  const crowd = `beside ${idle} idle, ${slow} slow, ${givenUp} given up a second`;
  console.log(
    `isEntitled from ${CONNECTIONS} connections; medians of ${ROUNDS} rounds of ${SECONDS} s\n`,
  );
  console.log(
    align([['', 'requests/s', 'p50 ms', 'p99 ms'], row('alone', alone), row(crowd, beside)]),
  );
  const ratio = of(beside, ({ p99 }) => p99) / of(alone, ({ p99 }) => p99);
  console.log(`\np99 beside them / alone: ${ratio.toFixed(2)}`);
}
