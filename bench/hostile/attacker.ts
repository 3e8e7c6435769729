/**
 * An attacker in a process of its own, of low priority: an attacker has a machine of its own, so that the time it takes
 * to make and send an attack is not taken from the server.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import type { Attack, Target } from './attack';
import { ATTACKS } from './attacks';

/** Runs an attack to its end. @returns its outcome @throws Error when the attacker ended before */
export async function attackBy({ name }: Attack, target: Target): Promise<string> {
  const child = fork(__filename, [name, JSON.stringify(target)]);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the attacker of ${name} ended early`);
  });
  const [outcome] = (await Promise.race([once(child, 'message'), ended])) as [string];
  ended.catch(() => undefined);
  child.disconnect();
  return outcome;
}

async function attack(name: string, target: Target): Promise<void> {
  setPriority(constants.priority.PRIORITY_LOW);
  process.once('disconnect', () => process.exit());
  const outcome = await ATTACKS.find((one) => one.name === name)?.run(target);
  process.send?.(outcome);
}

const [, started, name = '', target = ''] = process.argv;
if (started === __filename) void attack(name, JSON.parse(target) as Target);
