/**
 * The action of `latchkey entitlement import`.
 * Decided: docs/decisions/entitlement-batches.md
 */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import type { Command } from 'commander';
import { carryOutLines, type LineDone } from '../../api/batch';
import type { BatchContext } from '../../api/context';
import { splitLines } from '../../rest/lines';
import type { Merchant, Store } from '../../store/store';
import { printJson, printLine } from '../print';
import { ProgressBar } from '../progress';
import { chooseMerchant } from './choose-merchant';
import { operatorWork } from './operator';
import { withStore } from './with-store';

/** Its options. */
export interface ImportOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly dryRun?: boolean;
  readonly key?: string;
}

const STANDARD_INPUT = '-';

/** Carries out the lines of a file, prints those that are refused, and a summary; exit code 1 when any is. */
export function importEntitlements(
  command: Command,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { dryRun = false, json = false } = options;
  return withStore(command, async (store, { timeZone }) => {
    if (file !== STANDARD_INPUT && statSync(file).isDirectory()) {
      throw new Error(`${file} is a folder; name a file`);
    }
    const merchant = await chooseMerchant(store, options.merchant);
    const key = dryRun ? undefined : (options.key ?? (await digestOf(file)));
    const lines = splitLines(readPieces(file, ProgressBar.onTerminal('import')));
    const context = { lines, ...changesOf(store, merchant, timeZone) };
    const count = { done: 0, doneBefore: 0, refused: 0 };
    for await (const group of carryOutLines(context, { dryRun, key })) {
      for (const { result, isRepeat } of group) {
        if (result.status !== 200) {
          count.refused += 1;
          if (json) await printJson(result);
          else await printLine(`line ${result.line}: ${result.status} ${result.message ?? ''}`);
        } else if (isRepeat) count.doneBefore += 1;
        else count.done += 1;
      }
      if (isBrokenOff(group)) throw new Error('no further line was read: import the file again');
    }
    if (json) await printJson({ merchant: merchant.login, dryRun, ...count });
    else await printLine(summaryOf(count, dryRun));
    if (count.refused > 0) process.exitCode = 1;
  });
}

/** Whether nothing follows a group of results: the database cannot work. */
function isBrokenOff(group: readonly LineDone[]): boolean {
  return group.at(-1)?.result.status === 503;
}

function summaryOf(
  { done, doneBefore, refused }: { done: number; doneBefore: number; refused: number },
  dryRun: boolean,
): string {
  const before = doneBefore === 0 ? '' : `, done before: ${doneBefore}`;
  return `${dryRun ? 'would be done' : 'done'}: ${done}${before}, refused: ${refused}`;
}

/** Changes by the operator. */
function changesOf(
  store: Store,
  merchant: Merchant,
  timeZone: string,
): Pick<BatchContext, 'look' | 'change'> {
  return {
    look: (act) => {
      const reader = store.reader(merchant.id);
      return act(reader, operatorWork(reader, timeZone));
    },
    change: (act) => store.transact(merchant.id, (unit) => act(unit, operatorWork(unit, timeZone))),
  };
}

/**
 * Names a file by its content.
 * @throws Error for standard input, a pipe or a device, which can be read only once
 */
async function digestOf(file: string): Promise<string> {
  if (file === STANDARD_INPUT || !statSync(file).isFile()) {
    throw new Error('--key: name the import, so that a repetition does nothing twice');
  }
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return `file ${hash.digest('hex')}`;
}

/** Its bytes in pieces, with a bar that shows how many have been read. */
async function* readPieces(file: string, bar: ProgressBar | undefined): AsyncGenerator<Buffer> {
  const isFile = file !== STANDARD_INPUT;
  const size = isFile ? statSync(file).size : undefined;
  let read = 0;
  for await (const piece of isFile ? createReadStream(file) : process.stdin) {
    yield piece as Buffer;
    read += (piece as Buffer).length;
    if (size !== undefined) bar?.show(`${read} bytes`, read, size);
  }
}
