/** No attack at all: what the honest clients take by themselves, to hold the others against. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from '../attack';

/** As long as most attacks last. */
const MILLISECONDS = 15_000;

export const none: Attack = {
  name: 'none',
  title: 'no attack: the honest clients alone, for 15 s',
  run: async () => {
    await sleep(MILLISECONDS);
    return '–';
  },
};
