/** The mode `spy`: calls that are implemented here are answered from here, everything else is forwarded. */
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Contract } from '../contract/contract';
import type { Operation } from '../contract/model';
import { MOST_KEPT } from './kept-body';
import type { Mode } from './mode';
import { NotKept } from './not-kept';
import { readCall } from './read-call';
import { pairsOf, type Upstream } from './upstream';

/** The parts that this mode needs. */
export interface SpyOptions {
  readonly upstream: Upstream;
  /** The server that answers from here. */
  readonly own: Upstream;
  readonly contract: Contract;
  readonly isImplemented: (operation: Operation) => boolean;
  readonly logger: Logger;
}

/** Builds it. */
export function createSpy({ upstream, own, contract, isImplemented, logger }: SpyOptions): Mode {
  const underWay = new Set<Promise<void>>();
  const isOwn = async (request: IncomingMessage, body: Buffer) => {
    try {
      const headers = pairsOf(request.rawHeaders);
      const { operation } = await readCall({ headers, body }, contract);
      return isImplemented(operation);
    } catch (error) {
      if (error instanceof NotKept) return false;
      throw error;
    }
  };
  const answer: Mode['answer'] = (request, response) => {
    const work = async () => {
      const before = request.method === 'POST' ? await readBeginning(request) : undefined;
      const isHere = request.readableEnded && before ? await isOwn(request, before) : false;
      const { failure } = await (isHere ? own : upstream).forward(request, response, before);
      const by = isHere ? 'here' : 'upstream';
      const outcome = failure === undefined ? { status: response.statusCode } : { failure };
      logger.info({ method: request.method, by, ...outcome }, 'forwarded');
    };
    const done = work().catch((error: unknown) => {
      logger.error({ err: error }, 'a request could not be answered');
      response.destroy();
    });
    underWay.add(done);
    void done.then(() => underWay.delete(done));
  };
  const end = async () => {
    await Promise.all(underWay);
  };
  return { answer, end };
}

/** The body, or as much of it as is looked at: the rest then stays where it is. */
function readBeginning(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const take = (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length > MOST_KEPT) stop();
    };
    const stop = () => {
      request.off('data', take).off('end', stop).off('close', stop).off('error', stop);
      if (!request.readableEnded) request.pause();
      resolve(Buffer.concat(pieces));
    };
    request.on('data', take).on('end', stop).on('close', stop).on('error', stop);
  });
}
