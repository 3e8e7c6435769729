/** One request's stay in the endpoint: its times, and its lines in the log. */
import type { Logger } from 'pino';
import { describeSlow, round, type SlowCalls, Spent } from '../base/spent';
import type { ReplyKind } from '../base/big-replies';
import type { Line, SoapReply } from './exchange';
import type { CallWatch, OnLine } from './watch-call';

/** How a call fares on its way in. */
export class Visit {
  kind: ReplyKind | undefined;
  /** Whether it had to wait for others with large replies. */
  waited = false;
  /** Undefined: its body was not read. */
  requestBytes: number | undefined;
  readonly spent = new Spent();
  private reached: number;

  /**
   * @param started when it came, by the clock that only counts
   * @param watch goes along with it
   */
  constructor(
    readonly started: number,
    readonly watch: CallWatch | undefined,
  ) {
    this.reached = started;
  }

  /** The milliseconds since the last of its times ended. */
  lap(now: number): number {
    const since = now - this.reached;
    this.reached = now;
    return since;
  }
}

/** What a call's lines are made of, beside its visit. */
interface Logged {
  readonly line: Line;
  readonly reply: SoapReply;
}

/** The function that writes a call's line and, where it was slow, another; then whatever goes along has its turn. */
export function logOf(
  options: SlowCalls & { readonly logger: Logger; readonly onLine?: OnLine | undefined },
  visit: Visit,
  { line, reply }: Logged,
): (replyBytes: number, failure?: unknown) => void {
  return (replyBytes, failure) => {
    writeLines(options, visit, line, { replyBytes, failure });
    options.onLine?.(line);
    visit.watch?.onAnswered(line, reply, replyBytes);
  };
}

/** What became of the reply on its way out. */
interface Sent {
  /** The length of its body, as far as it was written. */
  readonly replyBytes: number;
  /** What kept it from being finished. */
  readonly failure: unknown;
}

function writeLines(
  options: SlowCalls & { readonly logger: Logger },
  { started, spent, requestBytes }: Visit,
  { soapId, address, level, fields, ms }: Line,
  { replyBytes, failure }: Sent,
): void {
  const { logger } = options;
  const named = Object.assign({ soapId, address }, fields, { ms: round(ms) });
  if (failure === undefined) logger[level](named, 'soap');
  else logger.error(Object.assign(named, { err: failure }), 'soap');
  const answered = started + ms;
  const slow = describeSlow(options, { spent, started, answered, requestBytes, replyBytes });
  if (slow === undefined) return;
  const { operation, login } = fields;
  logger.warn({ soapId, address, operation, login, ...slow }, 'slow call');
}
