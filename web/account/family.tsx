/** Accounts that belong to one, and those that were merged into it. */
import { type Answer, send } from '../api/request';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';
import { nameOfAccount } from './names';

type Account = Answer<'getAccount'>;
type Child = Answer<'listChildren'>['accounts'][number];

interface FamilyProps {
  readonly merchant: string;
  readonly account: Account;
}

export function Family({ merchant, account: { VID, hasChildren, forerunners } }: FamilyProps) {
  const columns: ReadonlyArray<Column<Child>> = [
    {
      title: 'Account',
      show: (child) => <a href={at.account(merchant, child.VID)}>{nameOfAccount(child)}</a>,
      write: nameOfAccount,
    },
    { title: 'Name', write: ({ name }) => name },
    { title: 'E-mail', write: ({ email }) => email },
  ];
  return (
    <>
      {hasChildren && (
        <section class="panel" aria-labelledby="family">
          <h2 id="family">Family</h2>
          <PagedList
            title="Family"
            of={[merchant, VID]}
            columns={columns}
            keyOf={(child) => child.VID}
            empty="No account belongs to this one."
            fetch={async (lastLoadedId, pageLength, signal) => {
              const { accounts, next_page } = await send('listChildren', {
                merchant,
                params: { account: VID },
                query: { lastLoadedId, pageLength },
                signal,
              });
              return { rows: accounts, next: next_page };
            }}
          />
        </section>
      )}
      {forerunners.length > 0 && (
        <section class="panel" aria-labelledby="merged">
          <h2 id="merged">Merged into this account</h2>
          <WholeList
            title="Merged into this account"
            rows={forerunners}
            columns={columns}
            keyOf={(other) => other.VID}
          />
        </section>
      )}
    </>
  );
}
