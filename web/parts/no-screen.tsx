/** Stands where an address names nothing that is there for the person: no other screen is shown in its place. */
import { useSession } from '../api/session';
import { href } from '../route/place';
import { PageHead } from './page-head';

interface NoScreenProps {
  /** Whom it is for; undefined: nobody. */
  readonly only?: 'admins' | 'simulations' | undefined;
}

export function NoScreen({ only }: NoScreenProps) {
  const role = useSession()?.role;
  return (
    <div class="stack">
      <PageHead title={only === undefined ? 'There is no such screen' : TITLES[only]} />
      {only === 'admins' && <p>You have the role {role}. Ask an admin for what you need here.</p>}
      {only === 'simulations' && (
        <p>
          <code>latchkey serve --simulate</code> starts a server whose time and data are made up.
        </p>
      )}
      <p>
        {only === undefined && 'The address may be cut short. '}
        <a href={href([])}>Begin at the overview</a>, or search above.
      </p>
    </div>
  );
}

const TITLES = {
  admins: 'This screen is for admins',
  simulations: 'This server is no simulation',
} as const;
