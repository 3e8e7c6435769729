/** The action of `latchkey work`. */
import type { Command } from 'commander';
import type { ListedWork } from '../../store/long-work';
import { type Columns, printList } from '../list';
import { findMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { withStore } from './with-store';

/** Its options. */
export interface WorkOptions {
  readonly json?: boolean;
  readonly merchant?: string;
}

/** Prints unfinished work, of one merchant or all. */
export function listWork(command: Command, options: WorkOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const format = momentFormat(timeZone);
    const { merchant: login } = options;
    const merchant = login === undefined ? undefined : await findMerchant(store, login);
    const columns: Columns<ListedWork> = {
      what: ({ kind }) => kind,
      name: ({ name }) => name,
      merchant: (work) => work.merchant,
      begun: ({ begunAt }) => format(begunAt),
      done: ({ done }) => done,
      total: ({ total }) => total,
    };
    const toJson = ({ kind, name, actor, callId, begunAt, done, total, ...of }: ListedWork) => {
      const begun = format(begunAt);
      return { merchant: of.merchant, kind, name, actor, callId, begun, done, total };
    };
    await printList(await store.longWork.list(merchant?.id), { columns, toJson }, options);
  });
}
