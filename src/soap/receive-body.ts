/**
 * Receives the bodies of requests. One long one at a time is worked on: a body of a megabyte becomes elements of
 * twenty.
 * Decided: docs/decisions/large-requests.md
 */
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { Lane, type Leave } from '../base/lane';
import { CLOSE, type ComingBodies, TIMEOUT, TOO_SLOW } from '../base/coming-bodies';
import { FROM_OTHER_SITE, isFromOtherSite } from '../base/other-site';
import { isInTooManyPieces, TOO_MANY_PIECES } from '../base/pieces';
import type { Time } from '../base/time';
import { type Decompress, decompressorOf, tooLarge } from './content-encoding';
import { SoapFault } from './fault';
import { GrowingBody } from './growing-body';
import { MOST_A_TURN } from './reading-turns';

/** Milliseconds after which the next long body is worked on, whatever keeps the one before. */
export const WORK_PATIENCE = 2000;

export interface BodyOptions {
  /** Bytes, before and after decompression. */
  readonly maxBody: number;
  readonly comingBodies: ComingBodies;
  /** Finds the address that a request comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly time: Pick<Time, 'after'>;
}

/** The bodies of all requests. */
export class Bodies {
  private readonly work: Lane;

  /** @param onLong called when a long one is worked on */
  constructor(
    private readonly options: BodyOptions,
    private readonly onLong: () => void,
  ) {
    this.work = new Lane(1, WORK_PATIENCE, options.time);
  }

  /** The body of a request. */
  of(request: IncomingMessage): Body {
    return new Body(request, this.work, this.options, this.onLong);
  }
}

/** One body. */
export class Body {
  private readonly address: string;
  /** Ends what it holds. */
  private leave: Leave | undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly work: Lane,
    private readonly options: BodyOptions,
    private readonly onLong: () => void,
  ) {
    this.address = options.addressOf(request);
  }

  /** Its bytes, decompressed. @throws SoapFault when it is refused */
  async read(): Promise<Buffer> {
    try {
      return await this.receive();
    } catch (error) {
      this.done();
      // What comes too slowly isn't waited for: its connection is closed.
      if (!isTooSlow(error)) await readAway(this.request, READ_AWAY * this.options.maxBody);
      throw error;
    }
  }

  /** To be called when the request is answered: the next may be worked on. */
  done(): void {
    this.leave?.();
  }

  private async receive(): Promise<Buffer> {
    const { request } = this;
    const { maxBody } = this.options;
    if (isFromOtherSite(request.headers)) {
      throw new SoapFault('Client', FROM_OTHER_SITE, undefined, 403);
    }
    if (Number(request.headers['content-length']) > maxBody) throw tooLarge(maxBody);
    const decompress = decompressorOf(request.headers['content-encoding']);
    const body = await this.readPlain();
    const short = await this.asShort(body, decompress);
    if (short) {
      this.leave?.();
      return short;
    }
    await this.enterWork();
    const bytes = decompress ? await decompress(body, maxBody) : body;
    if (!bytes) throw tooLarge(maxBody);
    return bytes;
  }

  /** The bytes of a body that is not long, decompressed: packed ones say nothing of that. */
  private async asShort(
    body: Buffer,
    decompress: Decompress | undefined,
  ): Promise<Buffer | undefined> {
    if (decompress) return decompress(body, Math.min(MOST_A_TURN, this.options.maxBody));
    return body.length > MOST_A_TURN ? undefined : body;
  }

  private async enterWork(): Promise<void> {
    const leave = await this.work.enter(this.address);
    this.leave?.();
    this.leave = leave;
    if (this.request.socket.destroyed) throw cutOff();
    this.onLong();
  }

  /** Reads it as it is sent. */
  private readPlain(): Promise<Buffer> {
    const { request } = this;
    const { maxBody } = this.options;
    return new Promise((resolve, reject) => {
      const body = new GrowingBody();
      const take = (chunk: Buffer) => {
        body.add(chunk);
        if (body.length > maxBody) fail(tooLarge(maxBody));
      };
      const end = () => {
        ignore();
        if (isInTooManyPieces(request)) reject(new SoapFault('Client', TOO_MANY_PIECES));
        else resolve(body.bytes());
      };
      const close = () => {
        if (!request.complete) fail(cutOff());
      };
      const ignore = () => {
        request.off('data', take).off('end', end).off('close', close).off('error', close);
      };
      const fail = (error: Error) => {
        ignore();
        reject(error);
      };
      this.leave = this.options.comingBodies.watch(request, this.address, () => fail(tooSlow()));
      request.on('data', take).on('end', end).on('close', close).on('error', close);
    });
  }
}

function tooSlow(): SoapFault {
  return new SoapFault('Client', TOO_SLOW, undefined, TIMEOUT, CLOSE);
}

function isTooSlow(error: unknown): boolean {
  return error instanceof SoapFault && error.status === TIMEOUT;
}

function cutOff(): SoapFault {
  return new SoapFault('Client', 'The request was cut off.');
}

/** A refused body is read away up to this many times the size of the largest that is taken. */
const READ_AWAY = 64;

/**
 * Reads what is left of a refused body, and keeps none of it. After the reply to a client that
 * asked for no further request, Node closes the connection at once; older stacks send all of a
 * request before they look at the reply, so cut off in the middle they would never see the Fault.
 * A client that goes on for ever is cut off nevertheless.
 */
async function readAway(request: IncomingMessage, most: number): Promise<void> {
  let bytes = 0;
  request.on('data', ({ length }: Buffer) => {
    bytes += length;
    if (bytes > most) request.destroy();
  });
  request.resume();
  try {
    await finished(request);
  } catch {
    // The client went away and waits for no reply.
  }
}
