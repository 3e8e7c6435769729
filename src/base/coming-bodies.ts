/**
 * Long bodies of requests, of SOAP and of REST: few come in at once, for what has come lies in memory, and one at a time is
 * worked on, for a megabyte of text becomes elements or objects of twenty and more.
 * Decided: docs/decisions/large-requests.md
 */
import type { IncomingMessage } from 'node:http';
import { Lane, type Leave } from './lane';
import type { Time } from './time';

/** Bytes of which each body may have as many, be there room for long ones or not. */
export const SHORT_BODY = 2 ** 14;

/** How many long bodies come in at once, where one may be a megabyte; never fewer than two. */
export const MOST_COMING = 16;
const ROOM = 2 ** 24;

/** Milliseconds in which a long body must have come whole, where others wait. */
export const COMING_PATIENCE = 5000;

/** Milliseconds after which the next long body is worked on, whatever keeps the one before. */
export const WORK_PATIENCE = 2000;

/** Said to a client whose body did not. */
export const TOO_SLOW = 'The request came too slowly, while others waited for room.';

/** HTTP's status of that, and the header that closes its connection: the rest is not waited for. */
export const TIMEOUT = 408;
export const CLOSE = { Connection: 'close' };

/** Bounds them. */
export class ComingBodies {
  private readonly lane: Lane;
  private readonly worked: Lane;

  /**
   * @param maxBody the most bytes of a body
   * @param onLong called when a long one is worked on
   */
  constructor(
    maxBody: number,
    time: Pick<Time, 'after'>,
    private readonly onLong: () => void = () => undefined,
  ) {
    const places = Math.max(2, Math.min(MOST_COMING, Math.floor(ROOM / maxBody)));
    this.lane = new Lane(places, COMING_PATIENCE, time);
    this.worked = new Lane(1, WORK_PATIENCE, time);
  }

  /** Waits until a long body that has come may be worked on. @returns to be called when its request is answered */
  async work(address: string): Promise<Leave> {
    const leave = await this.worked.enter(address);
    // In a turn of its own: those that waited would otherwise be worked on in one.
    await new Promise(setImmediate);
    this.onLong();
    return leave;
  }

  /**
   * Has a body wait for room where it is long. To be called before it is read.
   * @param onLost called when it came too slowly: it is not read any more
   * @returns to be called when it is no longer kept, or was refused
   */
  watch(request: IncomingMessage, address: string, onLost: () => void): Leave {
    if (Number(request.headers['content-length']) <= SHORT_BODY) return NOTHING_HELD;
    let leave: Leave | undefined;
    let isDone = false;
    let bytes = 0;
    const enter = async () => {
      request.pause();
      const given = await this.lane.enter(address, () => {
        if (!request.complete && !isDone) onLost();
      });
      if (isDone) given();
      else leave = given;
      request.resume();
    };
    const count = ({ length }: Buffer) => {
      bytes += length;
      if (bytes <= SHORT_BODY) return;
      request.off('data', count);
      void enter();
    };
    request.on('data', count);
    return () => {
      isDone = true;
      request.off('data', count);
      leave?.();
    };
  }
}

const NOTHING_HELD: Leave = () => undefined;
