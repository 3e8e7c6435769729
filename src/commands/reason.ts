/** Why something went wrong, in plain words, for the one line that a command ends with. */
import { getSystemErrorMap } from 'node:util';

/** The operating system's words for an error (`no such file or directory`), else its message. */
export function reasonOf({ errno = 0, message }: NodeJS.ErrnoException): string {
  return getSystemErrorMap().get(errno)?.[1] ?? message;
}

/** Remedies for an error that names a file, by its code. */
const FILE_ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'name a file or folder that exists',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EISDIR: 'name a file',
  EACCES: 'use a place that this user may read and write',
  EPERM: 'use a place that this user may read and write',
  EROFS: 'use a place that can be written',
  ENOSPC: 'free some space',
  EEXIST: 'name another file',
};

/** Remedies where a server cannot listen, by the error's code. */
const LISTEN_ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'end the program that has it, or choose another with --port',
  EADDRNOTAVAIL: 'choose an address of this machine with --host',
  ENOTFOUND: 'choose an address of this machine with --host',
  EACCES: 'choose another with --port, from 1024 on',
};

/**
 * One line that says what went wrong, and what to do. Refusals carry their own words; errors of the
 * operating system get the file or address, a reason and an advice.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'getaddrinfo') return describeListen(error);
  if (path !== undefined && syscall !== undefined) {
    return withAdvice(`${path}: ${reasonOf(error)}`, FILE_ADVICE[code]);
  }
  return error.message;
}

function describeListen(error: NodeJS.ErrnoException & { address?: string; port?: number }) {
  const { code = '', address, port, hostname } = error as typeof error & { hostname?: string };
  const place = address === undefined ? (hostname ?? 'the address') : `${address}:${port ?? 0}`;
  const reason = code === 'ENOTFOUND' ? 'there is no such host' : reasonOf(error);
  return withAdvice(`cannot listen on ${place}: ${reason}`, LISTEN_ADVICE[code]);
}

function withAdvice(text: string, advice: string | undefined): string {
  return advice === undefined ? text : `${text}; ${advice}`;
}
