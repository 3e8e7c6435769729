/** The action of `latchkey work`. */
import type { Command } from 'commander';
import { pagesOf } from '../../base/pages';
import type { ListedWork } from '../../store/long-work';
import type { Store } from '../../store/store';
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
    const rows = works(store, merchant?.id);
    await printList(rows, { columns, toJson }, options);
  });
}

async function* works(store: Store, merchantId: number | undefined): AsyncGenerator<ListedWork> {
  const read = (last: ListedWork | undefined, limit: number) =>
    store.longWork.list(merchantId, { after: last?.id ?? 0, limit });
  for await (const page of pagesOf<ListedWork>(read, () => undefined)) yield* page;
}
