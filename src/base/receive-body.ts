/**
 * Receives the body of a request, of SOAP or of REST. One long one at a time is worked on.
 * Decided: docs/decisions/large-requests.md
 */
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { BodyRefused } from './body-refused';
import type { ComingBodies } from './coming-bodies';
import { decompressorOf } from './content-encoding';
import { GrowingBody, letGoOf } from './growing-body';
import type { Leave } from './lane';
import { isInTooManyPieces } from './pieces';

/** From how many bytes on a body is long, decompressed: more than a turn reads. */
export const LONG_BODY = 2 ** 15;

export interface BodyLimits {
  /** Bytes, before and after decompression. */
  readonly maxBody: number;
  readonly comingBodies: ComingBodies;
}

/** One body. */
export class ReceivedBody {
  /** Ends what it holds. */
  private leave: Leave | undefined;
  /** What was given out, once it was. */
  private given: Buffer | undefined;

  /** @param address that the request comes from */
  constructor(
    private readonly request: IncomingMessage,
    private readonly address: string,
    private readonly limits: BodyLimits,
  ) {}

  /** Its bytes, decompressed. @throws BodyRefused */
  async read(): Promise<Buffer> {
    try {
      return (this.given = await this.receive());
    } catch (error) {
      this.done();
      // What comes too slowly isn't waited for: its connection is closed.
      const isTooSlow = error instanceof BodyRefused && error.problem === 'too slow';
      if (!isTooSlow) await readAway(this.request, this.limits.maxBody);
      throw error;
    }
  }

  /** To be called when the request is answered, and its bytes are read no more: the next may be worked on. */
  done(): void {
    if (this.given) letGoOf(this.given);
    this.leave?.();
  }

  private async receive(): Promise<Buffer> {
    const { headers } = this.request;
    const { maxBody } = this.limits;
    if (Number(headers['content-length']) > maxBody) throw new BodyRefused('too large');
    const decompress = decompressorOf(headers['content-encoding']);
    const body = await this.readPlain();
    if (body.length <= LONG_BODY) {
      // What a packed body becomes, its own length doesn't say. So short a one is tried in this thread: no other may
      // still read it when its memory is given back.
      const short = decompress ? await decompress(body, Math.min(LONG_BODY, maxBody)) : body;
      if (short) {
        this.leave?.();
        return short;
      }
    }
    await this.enterWork();
    const bytes = decompress ? await decompress(body, maxBody) : body;
    if (!bytes) throw new BodyRefused('too large');
    // Only now: until it is unpacked to its end, another thread reads it.
    if (decompress) letGoOf(body);
    return bytes;
  }

  private async enterWork(): Promise<void> {
    const leave = await this.limits.comingBodies.work(this.address);
    this.leave?.();
    this.leave = leave;
    if (this.request.socket.destroyed) throw new BodyRefused('cut off');
  }

  /** Reads it as it is sent. */
  private async readPlain(): Promise<Buffer> {
    const { request } = this;
    const { maxBody, comingBodies } = this.limits;
    if (request.destroyed) throw new BodyRefused('cut off');
    return new Promise((resolve, reject) => {
      const body = new GrowingBody(maxBody);
      const take = (chunk: Buffer) => {
        if (!body.add(chunk)) fail(new BodyRefused('too large'));
      };
      const end = () => {
        ignore();
        if (isInTooManyPieces(request)) reject(new BodyRefused('too many pieces'));
        else resolve(body.bytes());
      };
      const close = () => {
        if (!request.complete) fail(new BodyRefused('cut off'));
      };
      const ignore = () => {
        request.off('data', take).off('end', end).off('close', close).off('error', close);
      };
      const fail = (error: Error) => {
        ignore();
        reject(error);
      };
      const onLost = () => fail(new BodyRefused('too slow'));
      this.leave = comingBodies.watch(request, this.address, onLost);
      request.on('data', take).on('end', end).on('close', close).on('error', close);
    });
  }
}

/** A refused body is read away up to this many times the size of the largest that is taken. */
const READ_AWAY = 64;

/**
 * Reads what is left of a refused body, and keeps none of it. After the reply to a client that
 * asked for no further request, Node closes the connection at once; older stacks send all of a
 * request before they look at the reply, so cut off in the middle they would never see the answer.
 * A client that goes on for ever is cut off nevertheless.
 */
export async function readAway(request: IncomingMessage, maxBody: number): Promise<void> {
  let bytes = 0;
  request.on('data', ({ length }: Buffer) => {
    bytes += length;
    if (bytes > READ_AWAY * maxBody) request.destroy();
  });
  request.resume();
  try {
    await finished(request);
  } catch {
    // The client went away and waits for no reply.
  }
}
