/** What a proxy does with requests. */
import type { RequestListener } from 'node:http';

/** The modes there are. */
export const MODES = ['record', 'spy', 'diff'] as const;

/** One of them. */
export interface Mode {
  readonly answer: RequestListener;
  /** Fulfils when what was begun is done; no request comes any more. */
  readonly end: () => Promise<void>;
}
