/**
 * What a call changed, as far as that can be known: the upstream's ledger cannot be seen, but that of a copy which gives
 * the same reply can.
 * Decided: docs/decisions/proxy.md
 */
import { type Effect, showEffects } from '../cases/effects';
import { type BesideOptions, playBeside } from './beside';
import { NotKept } from './not-kept';
import type { MadeCase } from './to-case';

/** A copy of the upstream's state at the beginning, on which each call is played after it was answered. */
export interface Shadow extends BesideOptions {
  /** Does something, and finds what the copy's ledger has gained then, of a merchant. */
  readonly gainedBy: <T>(
    login: string,
    work: () => Promise<T>,
  ) => Promise<{ readonly result: T; readonly effects: readonly Effect[] }>;
}

/**
 * The text of a case's `effects.json`, with the upstream's ids as far as replies have shown them.
 * @param at when the call was made, UTC milliseconds
 * @returns undefined: the copy answers otherwise, so what it changed says nothing
 */
export async function effectsOf(
  made: MadeCase,
  at: number,
  { gainedBy, ...options }: Shadow,
): Promise<string | undefined> {
  try {
    const { result, effects } = await gainedBy(made.login, () => playBeside(made, at, options));
    if ('failure' in result || result.differences.length > 0) return undefined;
    const soapId = /<soapId[^>]*>(\w+)</.exec(made.reply)?.[1];
    const own = effects.map((one) => (one.soapId === undefined ? one : { ...one, soapId }));
    return options.comparing.ids.translateBack(showEffects(own));
  } catch (error) {
    if (error instanceof NotKept) return undefined;
    throw error;
  }
}
