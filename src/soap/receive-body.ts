/** Receives the bodies of SOAP requests, and says as a Fault why one isn't taken. */
import type { IncomingMessage } from 'node:http';
import { BodyRefused } from '../base/body-refused';
import { FROM_OTHER_SITE, isFromOtherSite } from '../base/other-site';
import { type BodyLimits, readAway, ReceivedBody } from '../base/receive-body';
import { faultOf } from './body-fault';
import { SoapFault } from './fault';

/** The body of one request. */
export class Body {
  private readonly received: ReceivedBody;

  /** @param address that the request comes from */
  constructor(
    private readonly request: IncomingMessage,
    address: string,
    private readonly limits: BodyLimits,
  ) {
    this.received = new ReceivedBody(request, address, limits);
  }

  /** Its bytes, decompressed. @throws SoapFault when it is refused */
  async read(): Promise<Buffer> {
    const { request } = this;
    const { maxBody } = this.limits;
    if (isFromOtherSite(request.headers)) {
      await readAway(request, maxBody);
      throw new SoapFault('Client', FROM_OTHER_SITE, undefined, 403);
    }
    try {
      return await this.received.read();
    } catch (error) {
      throw error instanceof BodyRefused ? faultOf(error, maxBody) : error;
    }
  }

  /** To be called when the request is answered: the next may be worked on. */
  done(): void {
    this.received.done();
  }
}
