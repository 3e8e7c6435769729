/** One request's stay in the endpoint: its times, and its lines in the log. */
import type { Logger } from 'pino';
import { describeSlow, round, type SlowCalls, Spent } from '../base/spent';
import type { ReplyKind } from '../base/big-replies';

/** How a call fares on its way in. */
export class Visit {
  kind: ReplyKind | undefined;
  /** Whether it had to wait for others with large replies. */
  waited = false;
  /** Undefined: its body was not read. */
  requestBytes: number | undefined;
  readonly spent = new Spent();
  private reached: number;

  /** @param started when it came, by the clock that only counts */
  constructor(readonly started: number) {
    this.reached = started;
  }

  /** The milliseconds since the last of its times ended. */
  lap(now: number): number {
    const since = now - this.reached;
    this.reached = now;
    return since;
  }
}

/** What the log says of a call. */
export interface Line {
  readonly soapId: string;
  readonly address: string;
  readonly level: 'info' | 'error';
  /** From the request until its answer was made, in milliseconds. */
  readonly ms: number;
  /** As far as they are known: operation, version, and returnCode or faultcode, among others. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The function that writes a call's line and, where it was slow, another. */
export function logOf(
  options: SlowCalls & { readonly logger: Logger },
  { started, spent, requestBytes }: Visit,
  { soapId, address, level, fields, ms }: Line,
): (replyBytes: number, failure?: unknown) => void {
  const { logger } = options;
  return (replyBytes, err) => {
    const named = Object.assign({ soapId, address }, fields, { ms: round(ms) });
    if (err === undefined) logger[level](named, 'soap');
    else logger.error(Object.assign(named, { err }), 'soap');
    const slow = describeSlow(options, {
      ...{ spent, started, answered: started + ms },
      ...{ requestBytes, replyBytes },
    });
    if (slow === undefined) return;
    const { operation, login } = fields;
    logger.warn({ soapId, address, operation, login, ...slow }, 'slow call');
  };
}
