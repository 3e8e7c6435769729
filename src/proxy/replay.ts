/** Plays the cases of a folder, one after another, in the order in which they were recorded. */
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  compareNames,
  listCaseFolders,
  readCase,
  readText,
  type WireCase,
} from '../cases/case-folder';
import { lacksPassword } from './credentials';
import { play, type Played, type PlayOptions } from './play';

/** A call of a case that was played. */
export interface PlayedCase {
  readonly case: string;
  /** The file of its request, where the case has several. */
  readonly request?: string;
  readonly played: Played;
}

/** More than any file of a case has, in bytes. */
const MOST_FILE = 16 * 2 ** 20;

/**
 * The names of the cases in a folder, in their order.
 * @throws Error that says what to do when the folder is not there, or has none
 */
export function listRecorded(folder: string): readonly string[] {
  const names = listCaseFolders(folder).map((path) => basename(path));
  if (names.length === 0) throw new Error(`${folder} has no cases: name a folder of recorded ones`);
  return names.sort(compareNames);
}

/**
 * Plays them.
 * @throws Error that names the case whose files cannot be read, or whose password is missing
 */
export async function* replay(
  folder: string,
  names: readonly string[],
  options: PlayOptions,
): AsyncGenerator<PlayedCase> {
  for (const name of names) {
    const wireCase = read(folder, name);
    for (const { request, reply, now: at } of wireCase.steps) {
      const stored = textOf(wireCase, request);
      if (options.credentials.password === undefined && lacksPassword(stored)) {
        throw new Error(
          `${name}: the password was taken out of the request; give it with --password-stdin`,
        );
      }
      const call = { request: stored, body: wireCase.body, reply: textOf(wireCase, reply), at };
      const played = await play(call, options);
      yield { case: name, ...(wireCase.steps.length > 1 && { request }), played };
    }
  }
}

function read(folder: string, name: string): WireCase {
  try {
    return readCase(join(folder, name));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${name}: case.json is no JSON`, { cause: error });
  }
}

function textOf(wireCase: WireCase, file: string): string {
  const text = wireCase.files.includes(file) ? whole(wireCase, file) : undefined;
  if (text === undefined) throw new Error(`${wireCase.name}: ${file} is missing`);
  return text;
}

function whole(wireCase: WireCase, file: string): string | undefined {
  if (statSync(join(wireCase.folder, file)).size > MOST_FILE) {
    throw new Error(`${wireCase.name}: ${file} has more than ${MOST_FILE} bytes`);
  }
  return readText(wireCase, file);
}
