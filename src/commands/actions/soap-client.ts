/**
 * node-soap's client on Node's own HTTP: loading axios, which the package has for every client,
 * takes as long as all else that a call does.
 */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import Module, { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import type { Client, IHttpClient, WSDL } from 'soap';

const load = createRequire(__filename);

/** Which requests go through a proxy, and how, is left to axios. */
const PROXIES = ['http_proxy', 'https_proxy', 'all_proxy'];

/**
 * Makes a client from a WSDL and the schemas that it imports.
 * @param url http or https
 * @throws Error of node-soap (with `Code: 404` in its message) or of the connection (`code`)
 */
export async function createClient(url: string): Promise<Client> {
  if (PROXIES.some((name) => process.env[name] || process.env[name.toUpperCase()])) {
    return (load('soap') as typeof import('soap')).createClientAsync(url);
  }
  replaceHttp();
  const { open_wsdl } = load('soap/lib/wsdl') as typeof import('soap/lib/wsdl');
  const { Client } = load('soap/lib/client') as typeof import('soap/lib/client');
  const options = { httpClient: new HttpClient() };
  const wsdl = await new Promise<WSDL>((resolve, reject) => {
    open_wsdl(url, options, (error: Error, read?: WSDL) => {
      if (read) resolve(read);
      else reject(error);
    });
  });
  return new Client(wsdl, undefined, options);
}

/** node-soap's modules require theirs even where a client is given another. */
function replaceHttp(): void {
  const id = load.resolve('soap/lib/http');
  load.cache[id] = Object.assign(new Module(id), { loaded: true, exports: { HttpClient } });
}

/** As much of node-soap's as a client without attachments needs. */
class HttpClient implements IHttpClient {
  request(
    url: string,
    data: string | null,
    callback: (error: unknown, response?: Reply, body?: string) => unknown,
    headers?: object,
  ): ReturnType<IHttpClient['request']> {
    const reply = send(url, data, headers);
    reply.then((response) => callback(null, response, response.data), callback);
    return reply as unknown as ReturnType<IHttpClient['request']>;
  }
}

interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly data: string;
}

/** Sends `data`, or asks for what is there; whatever the status, but for a redirection. */
async function send(url: string, data: string | null, headers: object = {}): Promise<Reply> {
  const tls = new URL(url).protocol === 'https:';
  const start = tls ? (await import('node:https')).request : request;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const method = data === null ? 'GET' : 'POST';
    start(url, { method, headers: { ...headers } }, resolve)
      .on('error', reject)
      .end(data ?? undefined);
  });
  const { statusCode: status = 0, headers: received } = response;
  if (received.location !== undefined && status >= 300 && status < 400) {
    response.resume();
    throw new Error(`moved to ${new URL(received.location, url).href}; name that with --endpoint`);
  }
  return { status, headers: received, data: await text(response) };
}
