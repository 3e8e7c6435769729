/** Wrong logins at once, each address under several names: as many verifications as can be had. */
import type { Attack } from '../attack';
import { counted, envelopeOf, post } from '../sending';

const ADDRESSES = 10;
const LOGINS = 20;
/** Ports that an address is written with. */
const PORTS = 5;

function body(number: number): string {
  const auth = `<auth><version>22.0</version><login>nobody</login><password>${number}</password></auth>`;
  return envelopeOf(
    `<v:isEntitled xmlns:v="http://soap.vindicia.com/v22_0/Account">${auth}</v:isEntitled>`,
  );
}

export const wrongLogins: Attack = {
  name: 'wrong-logins',
  title: `${ADDRESSES * LOGINS * PORTS} wrong logins at once from ${ADDRESSES} addresses, ${PORTS} ports in each X-Forwarded-For`,
  flags: ['--trusted-proxies=loopback'],
  run: async ({ endpoint }) => {
    const posts: Array<Promise<number>> = [];
    for (let number = 0; number < ADDRESSES * LOGINS * PORTS; number += 1) {
      const address = `192.0.2.${number % ADDRESSES}:${1000 + (Math.floor(number / ADDRESSES) % PORTS)}`;
      posts.push(post(endpoint, body(number), { 'X-Forwarded-For': address }));
    }
    return counted(await Promise.all(posts));
  },
};
