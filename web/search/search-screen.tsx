/** All that begins with what was searched for. */
import { useAnswer } from '../api/use-answer';
import { Empty, Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import type { Column } from '../parts/table';
import { WholeList } from '../parts/whole-list';
import type { ScreenProps } from '../shell/screen-view';
import { addressOfFound, type Found, keyOfFound, kindOf, moreOf, nameOf } from './found';
import { at } from '../route/screens';

/** The most that the server names. */
const MOST = 50;

export function SearchScreen({ merchant, query }: ScreenProps) {
  const text = query.get('text')?.trim() ?? '';
  return (
    <div class="stack">
      <PageHead title={text === '' ? 'Search' : `“${text}”`} />
      <div class="panel">
        {text === '' ? (
          <Empty>Type the first letters of what you look for in the field at the top.</Empty>
        ) : (
          // What was found for another text is not shown under this one.
          <Results key={text} merchant={merchant} text={text} />
        )}
      </div>
    </div>
  );
}

function Results({ merchant, text }: { readonly merchant: string; readonly text: string }) {
  const { answer, problem, again } = useAnswer('search', {
    merchant,
    query: { text, limit: MOST },
  });
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  if (answer.found.length === 0) {
    return (
      <Empty>
        <p>Nothing of {merchant} begins like this.</p>
        <p>
          Searched: e-mail addresses, merchantAccountIds, VIDs and external ids of accounts, orders,
          AutoBills, calls and entitlements. VIDs and calls take four letters or more.
        </p>
      </Empty>
    );
  }
  const columns: ReadonlyArray<Column<Found>> = [
    { title: 'What', write: kindOf },
    {
      title: 'Name',
      show: (one) => <a href={addressOfFound(merchant, one)}>{one.name}</a>,
      write: ({ name }) => name,
    },
    { title: 'More', write: moreOf },
    {
      title: 'Account',
      show: ({ account }) =>
        account && <a href={at.account(merchant, account.VID)}>{nameOf(account)}</a>,
      write: ({ account }) => account && nameOf(account),
    },
  ];
  return (
    <>
      <WholeList title="Found" columns={columns} rows={answer.found} keyOf={keyOfFound} />
      {answer.isCut && <p class="muted small">There are more than these: type another letter.</p>}
    </>
  );
}
