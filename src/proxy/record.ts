/** The mode `record`: every request is forwarded, and SOAP calls are kept as wire cases. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Time } from '../base/time';
import type { CaseWriter } from './case-writer';
import { toHeard } from './heard-call';
import type { Mode } from './mode';
import { type Forwarded, type Upstream } from './upstream';

/** The parts that recording needs. */
export interface RecordOptions {
  readonly upstream: Upstream;
  readonly writer: CaseWriter;
  readonly logger: Logger;
  readonly time: Pick<Time, 'now'>;
}

/** Builds it. */
export function createRecord(options: RecordOptions): Mode {
  const { upstream, writer, logger, time } = options;
  return {
    answer: (request, response) => {
      const at = time.now();
      const number = request.method === 'POST' ? writer.next() : undefined;
      void upstream.forward(request, response).then(async (forwarded) => {
        const kept = number === undefined ? {} : await keep(request, { at, number }, forwarded);
        logger.info({ method: request.method, ...outcomeOf(forwarded), ...kept }, 'forwarded');
      });
    },
    end: () => writer.end(),
  };

  async function keep(
    request: IncomingMessage,
    { at, number }: { readonly at: number; readonly number: number },
    forwarded: Forwarded,
  ) {
    if (forwarded.failure !== undefined) return { notKept: 'it was not answered' };
    const call = toHeard(request, at, forwarded);
    if (!call) return { notKept: 'it, or its reply, is too large' };
    try {
      const written = await writer.write(number, call);
      return 'name' in written ? { case: written.name } : { notKept: written.reason };
    } catch (error) {
      logger.error({ err: error }, 'a case could not be written');
      return {};
    }
  }
}

/** For the log. */
function outcomeOf(forwarded: Forwarded) {
  return forwarded.failure === undefined
    ? { status: forwarded.status }
    : { failure: forwarded.failure };
}
