/** Calls a server over one connection that is kept alive, one call after the other. */
import { Agent, request as httpRequest } from 'node:http';
import { LOGIN, PASSWORD } from '../requests';

/** A call of version 22.0. */
export interface Request {
  readonly service: 'Account' | 'Entitlement';
  readonly operation: string;
  /** The message's parts after auth and srd, as XML. */
  readonly parts: string;
}

export interface Reply {
  /** From the request to the end of the reply. */
  readonly milliseconds: number;
  readonly body: string;
}

const SUCCESS = '<returnCode>200</returnCode>';

export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly endpoint: string) {}

  /** @throws Error with the reply when it isn't HTTP 200 with returnCode 200 */
  async call(request: Request): Promise<Reply> {
    const envelope = write(request);
    const started = performance.now();
    const body = await this.post(envelope);
    const milliseconds = performance.now() - started;
    if (!body.includes(SUCCESS)) {
      throw new Error(`${request.operation} ${request.parts} was answered\n${body.slice(0, 2000)}`);
    }
    return { milliseconds, body };
  }

  close(): void {
    this.agent.destroy();
  }

  private post(envelope: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = {
        'Content-Type': 'text/xml; charset=utf-8',
        'Content-Length': envelope.length,
      };
      const options = { method: 'POST', agent: this.agent, headers };
      const outgoing = httpRequest(this.endpoint, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        response.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(envelope);
    });
  }
}

function write({ service, operation, parts }: Request): Buffer {
  const login = `<login>${LOGIN}</login><password>${PASSWORD.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</password>`;
  const namespace = `http://soap.vindicia.com/v22_0/${service}`;
  return Buffer.from(
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      `<api:${operation} xmlns:api="${namespace}"><auth><version>22.0</version>${login}</auth>` +
      `<srd/>${parts}</api:${operation}></soap:Body></soap:Envelope>`,
  );
}
