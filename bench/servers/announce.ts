/** Says where a server listens, as `latchkey serve --demo --json` does. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Prints the endpoint of a server that listens on a loopback port. */
export function announce(server: Server): void {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ endpoint: `http://127.0.0.1:${port}/soap.pl` }));
}
