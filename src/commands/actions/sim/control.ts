/** Control calls of a simulation, as its commands send them. */
import { CONTROL_PATH } from '../../../base/simulate';
import { readSettings } from '../../../config/settings';
import { LatchkeyError, send } from '../../../testing/http';
import { ownUrl, requireHttpUrl } from '../../own-url';
import { printFields, printJson } from '../../print';
import type { ControlOptions } from '../../sim/options';
import { readInput } from '../read-input';

/** A control call of a path under /_latchkey, of no merchant. @throws Error that says why there is no answer, or the refusal */
export async function controlServer<T>(
  { url }: Pick<ControlOptions, 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  if (url !== undefined) requireHttpUrl('--url', url);
  const server = (url ?? ownUrl(readSettings({}, process.env))).replace(/\/+$/, '');
  try {
    return await send<T>(method, `${server}${CONTROL_PATH}${path}`, body);
  } catch (error) {
    if (error instanceof LatchkeyError) throw new Error(error.reason, { cause: error });
    throw new Error(
      `no reply from ${server}; start a server with --simulate, or name it with --url`,
      { cause: error },
    );
  }
}

/** The same of a path that is about the merchant of `--merchant`, or about demo. */
export function control<T>(
  options: ControlOptions,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const { merchant } = options;
  const about = merchant === undefined ? '' : `/merchants/${encodeURIComponent(merchant)}`;
  return controlServer(options, method, `${about}${path}`, body);
}

/** Prints an answer that is one object. */
export async function printAnswer(
  answer: object,
  { json = false }: Pick<ControlOptions, 'json'>,
): Promise<void> {
  if (json) await printJson(answer);
  else await printFields(answer as Readonly<Record<string, unknown>>);
}

/** JSON of a file, or of standard input where it is `-`. @throws Error that names it where it is none */
export function readJson(file: string): unknown {
  const text = readInput(file).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    const name = file === '-' ? 'standard input' : file;
    throw new Error(`${name}: is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
