/** The parts that watching needs, whichever API the calls come by. */
import type { Logger } from 'pino';
import type { Time } from '../base/time';
import type { Store } from '../store/store';
import type { Clocks } from './clocks';
import type { Worlds } from './worlds';

export interface Watching {
  readonly store: Pick<Store, 'findMerchant' | 'reader'>;
  readonly clocks: Clocks;
  readonly worlds: Worlds;
  readonly time: Pick<Time, 'after' | 'elapsed'>;
  readonly newId: () => string;
  readonly logger: Logger;
}
