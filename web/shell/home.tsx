/** /console: leads to the merchant where there is one, else lets one choose. */
import { useEffect } from 'preact/hooks';
import type { Session } from '../api/session';
import { Empty } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { goTo } from '../route/place';
import { at } from '../route/screens';

export function Home({ session: { merchants } }: { readonly session: Session }) {
  const [first, ...others] = merchants;
  const only = others.length === 0 ? first?.login : undefined;
  useEffect(() => {
    if (only !== undefined) goTo(at.home(only), true);
  }, [only]);
  return (
    <div class="stack">
      <PageHead title="Merchants" />
      {first === undefined ? (
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
