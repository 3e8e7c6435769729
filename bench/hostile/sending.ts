/** How attackers send: single requests, and bare connections. */
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';

/** Sends one request on a connection of its own. @returns its status; 0 where it got no answer */
export function post(
  endpoint: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const options = { method: 'POST', agent: false, headers: { ...SOAP, ...headers } };
    const request = httpRequest(endpoint, options, (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', () => resolve(0));
    request.end(body);
  });
}

const SOAP = { 'Content-Type': 'text/xml; charset=utf-8' };

/** Opens a connection of which nothing is read until it is resumed. Its errors are nobody's business. */
export function openSilent(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
    socket.pause();
  });
}

/** How often each outcome came: `20 × 403, 180 × 429`. */
export function counted(outcomes: readonly (string | number)[]): string {
  const counts = new Map<string | number, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} × ${outcome || 'cut off'}`).join(', ');
}

/** A SOAP 1.1 envelope. @param attributes of its root, each with a space before it */
export function envelopeOf(body: string, attributes = ''): string {
  return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"${attributes}><e:Body>${body}</e:Body></e:Envelope>`;
}
