/** /console: leads to the merchant where there is one, else lets one choose, or make the first. */
import { useEffect, useState } from 'preact/hooks';
import { may, type Session } from '../api/session';
import { useAsked } from '../api/use-answer';
import { Empty, Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { goTo } from '../route/place';
import { at } from '../route/screens';

export function Home({ session: { merchants, allMerchants } }: { readonly session: Session }) {
  const [first, ...others] = merchants;
  // Who makes the first merchant reads its password here, and goes on then.
  const [isMaking] = useState(first === undefined && allMerchants && may('admin'));
  const only = others.length === 0 && !isMaking ? first?.login : undefined;
  useEffect(() => {
    if (only !== undefined) goTo(at.home(only), true);
  }, [only]);
  return (
    <div class="stack">
      <PageHead title="Merchants" />
      {isMaking ? (
        <section class="panel" aria-label="Merchants">
          <LaterMerchants />
        </section>
      ) : first === undefined ? (
        <div class="panel">
          <Empty>
            There is no merchant that you may see. <code>latchkey merchant add LOGIN</code> makes
            one; an admin says which you see.
          </Empty>
        </div>
      ) : (
        <ul class="columns">
          {merchants.map(({ login }) => (
            <li key={login} class="panel">
              <a href={at.home(login)}>{login}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The list in Settings, which is loaded when it is needed. */
function LaterMerchants() {
  const { answer, problem, again } = useAsked(() => import('../settings/merchants'), []);
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  return answer ? <answer.Merchants /> : <Waiting />;
}
