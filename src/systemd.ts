/** Messages between systemd and a service: sockets handed over, and readiness. */
import { execFile } from 'node:child_process';

/** The first descriptor that systemd hands over (sd_listen_fds(3)). */
const FIRST_DESCRIPTOR = 3;

/**
 * The socket that systemd opened for this process.
 * @returns its descriptor, or undefined when there is none
 * @throws Error when there are several: a server listens on one
 */
export function inheritedSocket(
  { LISTEN_PID, LISTEN_FDS = '' }: NodeJS.ProcessEnv,
  pid: number,
): number | undefined {
  // The variables of a parent reach its children, too; the sockets are not meant for them.
  if (Number(LISTEN_PID) !== pid) return undefined;
  if (LISTEN_FDS === '1') return FIRST_DESCRIPTOR;
  throw new Error(`LISTEN_FDS: ${LISTEN_FDS} sockets were handed over; Latchkey listens on one`);
}

/**
 * Reports to systemd that the server is ready, where a unit of `Type=notify` started it. Node.js
 * cannot write to a datagram socket, so systemd's own program does it.
 * @throws Error when that program fails: systemd would stop the server after a time
 */
export async function notifyReady({ NOTIFY_SOCKET }: NodeJS.ProcessEnv): Promise<void> {
  if (!NOTIFY_SOCKET) return;
  await new Promise<void>((resolve, reject) => {
    execFile('systemd-notify', ['--ready'], (error) => {
      if (error) reject(new Error('systemd-notify failed', { cause: error }));
      else resolve();
    });
  });
}
