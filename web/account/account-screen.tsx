/** One account: who it is, what it may do now, how that came about, and what it belongs to. */
import { useState } from 'preact/hooks';
import { GrantButton } from '../act/grant-button';
import { may } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import type { ScreenProps } from '../shell/screen-view';
import { AccessNow } from './access-now';
import { AutoBills } from './auto-bills';
import { Facts } from './facts';
import { Family } from './family';
import { Ledger } from './ledger';
import { nameOfAccount } from './names';
import { Orders } from './orders';
import { Timeline } from './timeline/timeline';
import './account.css';

export function AccountScreen({ merchant, rest }: ScreenProps) {
  const [account = ''] = rest;
  const { answer, problem, again } = useAnswer('getAccount', { merchant, params: { account } });
  // Everything is asked for anew after a change.
  const [turn, setTurn] = useState(0);
  const changed = () => {
    setTurn((count) => count + 1);
    again();
  };
  if (problem !== undefined) {
    return (
      <div class="stack">
        <PageHead title={account} />
        <Fault problem={problem} again={again} />
      </div>
    );
  }
  if (!answer) return <Waiting />;
  const { VID } = answer;
  const common = { merchant, account: VID, turn };
  return (
    <div class="stack">
      <PageHead
        title={nameOfAccount(answer)}
        below={<Facts merchant={merchant} account={answer} />}
      >
        {may('support') && <GrantButton merchant={merchant} account={VID} onDone={changed} />}
      </PageHead>
      <section class="panel" aria-labelledby="access">
        <h2 id="access">Access now</h2>
        <AccessNow {...common} onDone={changed} />
      </section>
      <section class="panel" aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <Timeline {...common} />
      </section>
      <section class="panel" aria-labelledby="ledger">
        <h2 id="ledger">What happened</h2>
        <Ledger {...common} />
      </section>
      <section class="panel" aria-labelledby="orders">
        <h2 id="orders">Orders</h2>
        <Orders {...common} onDone={changed} />
      </section>
      <section class="panel" aria-labelledby="autobills">
        <h2 id="autobills">AutoBills</h2>
        <AutoBills {...common} onDone={changed} />
      </section>
      <Family merchant={merchant} account={answer} />
    </div>
  );
}
