/** The action of `latchkey log-id`. */
import type { Command } from 'commander';
import { digestId } from '../../base/log-ids';
import { printJson, printLine } from '../print';
import { withStore } from './with-store';

/** Prints the digest of an id. */
export function printLogId(
  command: Command,
  id: string,
  { json }: { json?: boolean },
): Promise<void> {
  return withStore(command, async (store) => {
    const digest = digestId(await store.findSecret('log'), id);
    await (json ? printJson({ id, digest }) : printLine(digest));
  });
}
