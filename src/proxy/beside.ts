/** Plays a call that the upstream has answered on a copy here, as the merchant that stands for the one that it names. */
import { play, type Played, type PlayOptions } from './play';
import type { MadeCase } from './to-case';

/** Where and how. */
export interface BesideOptions extends Omit<PlayOptions, 'credentials'> {
  /** The password of the merchant here that stands for one of the upstream's; it is made where there is none. */
  readonly passwordOf: (login: string) => Promise<string>;
}

/** No merchant here has it. */
const WRONG = 'wrong';

/**
 * Plays it.
 * @param at when it was made, UTC milliseconds
 * @throws NotKept where no merchant here can stand for its own
 */
export async function playBeside(
  { login, outcome, file, request, reply }: MadeCase,
  at: number,
  { passwordOf, ...options }: BesideOptions,
): Promise<Played> {
  // Credentials that the upstream refuses are refused here, too: by a password that is wrong for sure.
  const password = outcome === '403' ? WRONG : await passwordOf(login);
  const stored = { request, body: file.body, reply, at };
  return play(stored, { ...options, credentials: { login, password } });
}
