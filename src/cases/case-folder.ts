/** A wire case as a folder: its files, in the order in which they are played. fixtures/cases/README.md describes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BodyOptions } from './stored-request';

/** The fields of `case.json`, as far as a case is played against any server. */
export interface CaseFile {
  /** `operation: behaviour → returnCode`. */
  readonly title: string;
  /** ISO time of the server's clock; a list moves it on, one time a request. */
  readonly now?: string | readonly string[];
  /** How the bodies of the requests are turned into bytes. */
  readonly body?: BodyOptions;
}

/** A request and the reply to it. */
export interface Step {
  /** `request.http`, or `1-request.http` and so on. */
  readonly request: string;
  readonly reply: string;
  /** Where the clock is set before it; UTC milliseconds. */
  readonly now?: number;
}

/** A case that was read; the texts of its steps are not. */
export type WireCase<File extends CaseFile = CaseFile> = Omit<File, 'now'> & {
  readonly folder: string;
  /** The folder's own name: `operation__behaviour`. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** Every file of the folder. */
  readonly files: readonly string[];
};

/** The file that makes a folder a case. */
export const CASE_FILE = 'case.json';

/** The names of a request's file and of its reply's, where a case has one of each. */
export const REQUEST_FILE = 'request.http';
export const REPLY_FILE = 'reply.http';

/**
 * The folders of the cases in a folder, in no order. One whose name begins with a dot is being written, or was left
 * half written.
 * @throws Error of the system when it cannot be read
 */
export function listCaseFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .filter((path) => existsSync(join(path, CASE_FILE)));
}

/** @throws Error of the system when a file cannot be read, SyntaxError when case.json is no JSON */
export function readCase<File extends CaseFile = CaseFile>(folder: string): WireCase<File> {
  const { now, ...caseFile } = JSON.parse(readFileSync(join(folder, CASE_FILE), 'utf8')) as File;
  const files = readdirSync(folder);
  const steps = files
    .filter((file) => file.endsWith(REQUEST_FILE))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((request, index): Step => {
      const time = typeof now === 'string' ? now : now?.[index];
      return {
        request,
        reply: request.replace(REQUEST_FILE, REPLY_FILE),
        ...(time !== undefined && { now: Date.parse(time) }),
      };
    });
  return { ...caseFile, folder, name: basename(folder), files, steps };
}

/**
 * Sorts the names of cases: recorded ones, `isEntitled__000017`, in the order in which their calls came, others by what
 * stands after `__` and then by operation.
 */
export function compareNames(a: string, b: string): number {
  const [[beforeA, afterA], [beforeB, afterB]] = [a, b].map((name) => {
    const [before = '', ...after] = name.split('__');
    return [before, after.join('__')] as const;
  }) as [readonly [string, string], readonly [string, string]];
  return compare(afterA, afterB) || compare(beforeA, beforeB);
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** The text of a case's file; undefined where it has none of that name. */
export function readText({ folder }: Pick<WireCase, 'folder'>, file: string): string | undefined {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
