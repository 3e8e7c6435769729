/**
 * The mode `diff`: the upstream's answer goes back, and the same call is played here afterwards, on a simulation
 * merchant, one call after another; what differs is kept for who asks.
 * Decided: docs/decisions/proxy.md
 */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Time } from '../base/time';
import { type BesideOptions, playBeside } from './beside';
import { CallQueue } from './call-queue';
import { Findings } from './findings';
import { answerFindings, isAboutFindings } from './findings-page';
import { type HeardCall, toHeard } from './heard-call';
import type { Mode } from './mode';
import { NotKept } from './not-kept';
import { type CaseTools, toCase } from './to-case';
import type { Forwarded, Upstream } from './upstream';

/** The parts that this mode needs. */
export interface DiffOptions extends BesideOptions {
  readonly upstream: Upstream;
  readonly tools: CaseTools;
  readonly logger: Logger;
  readonly time: Pick<Time, 'now' | 'after'>;
}

/** Builds it. */
export function createDiff(options: DiffOptions): Mode {
  const { upstream, logger, time } = options;
  const findings = new Findings();
  const queue = new CallQueue(
    (call) => compare(call, findings, options),
    (error) => {
      findings.skip('internal error');
      logger.error({ err: error }, 'a call could not be compared');
    },
  );
  const hear = (request: IncomingMessage, at: number, forwarded: Forwarded) => {
    const { method } = request;
    const isAnswered = forwarded.failure === undefined;
    const outcome = isAnswered ? { status: forwarded.status } : { failure: forwarded.failure };
    logger.info({ method, ...outcome }, 'forwarded');
    if (method !== 'POST') return;
    const call = isAnswered ? toHeard(request, at, forwarded) : undefined;
    if (!isAnswered) findings.skip('it was not answered');
    else if (!call) findings.skip('it, or its reply, is too large');
    else if (!queue.add(call)) findings.skip('too many calls wait');
  };
  return {
    answer: (request, response) => {
      if (isAboutFindings(request)) {
        answerFindings(request, response, findings);
        return;
      }
      const at = time.now();
      void upstream.forward(request, response).then((forwarded) => hear(request, at, forwarded));
    },
    end: () => queue.end(),
  };
}

/** Plays a call here, and keeps what differs. */
async function compare(call: HeardCall, findings: Findings, options: DiffOptions): Promise<void> {
  const { tools, logger } = options;
  try {
    const made = await toCase(call, tools);
    const { operation, reply } = made;
    const played = await playBeside(made, call.at, options);
    const soapId = /<soapId[^>]*>(\w+)</.exec(reply)?.[1];
    if ('failure' in played) findings.skip(`here: ${played.failure}`);
    else findings.add({ at: call.at, operation, soapId, ...played });
    const result = 'failure' in played ? played : { differences: played.differences.length };
    const name = `${operation.service}.${operation.name}`;
    logger.info({ operation: name, soapId, ...result }, 'compared');
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    findings.skip(error.message);
  }
}
