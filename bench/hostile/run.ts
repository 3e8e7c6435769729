/**
 * `npm run bench:hostile`: the effect of attacks on honest clients, as a Markdown table with a line for
 * each attack, and then the rate of honest clients beside a crowd. See ../README.md.
 */
import { cpus, loadavg } from 'node:os';
import { Command } from 'commander';
import type { Attack } from './attack';
import { ATTACKS } from './attacks';
import { compareWithCrowd } from './crowd';
import { measure } from './measure';
import { failedLine, HEAD, line } from './table';

const CROWD = 'crowd';

async function run({ only }: { only?: string[] }): Promise<void> {
  const names = [...ATTACKS.map(({ name }) => name), CROWD];
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${unknown}: ${names.join(', ')}`);
  const wanted = (name: string) => only === undefined || only.includes(name);
  console.log(`Node ${process.version}, ${cpus().length} cores\n`);
  const attacks = ATTACKS.filter(({ name }) => wanted(name));
  if (attacks.length > 0) console.log(HEAD);
  for (const attack of attacks) console.log(await lineOf(attack));
  if (wanted(CROWD)) await compareWithCrowd();
  console.log(`\nload ${loadavg()[0]?.toFixed(1) ?? ''} at the end`);
}

async function lineOf(attack: Attack): Promise<string> {
  try {
    return line(attack, await measure(attack));
  } catch (error) {
    return failedLine(attack, error);
  }
}

new Command('bench:hostile')
  .description('Measures the effect of hostile clients on honest ones.')
  .option('--only <names...>', `some of the attacks, or ${CROWD}`)
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
