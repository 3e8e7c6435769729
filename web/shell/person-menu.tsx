/** Who is signed in, whose data is shown, and the way out. */
import { type Session, signOut } from '../api/session';
import { useDoing } from '../api/use-answer';
import { Fault } from '../parts/notice';
import { goTo, href } from '../route/place';
import { at } from '../route/screens';

interface PersonMenuProps {
  readonly session: Session;
  readonly merchant: string | undefined;
}

export function PersonMenu({ session, merchant }: PersonMenuProps) {
  const doing = useDoing();
  const { name, role, merchants } = session;
  const leave = async () => {
    const isOut = await doing.run(signOut);
    if (isOut) goTo(href(['sign-in']));
  };
  return (
    <div class="person">
      {merchants.length > 1 && merchant !== undefined && (
        <select
          aria-label="Merchant"
          value={merchant}
          onChange={(event) => goTo(at.home(event.currentTarget.value))}
        >
          {merchants.map(({ login }) => (
            <option key={login} value={login}>
              {login}
            </option>
          ))}
        </select>
      )}
      {merchants.length === 1 && <span class="muted merchant">{merchant}</span>}
      <span class="who" title={`Role: ${role}`}>
        {name} <span class="muted">({role})</span>
      </span>
      <button
        type="button"
        class="button small"
        disabled={doing.isBusy}
        onClick={() => void leave()}
      >
        Sign out
      </button>
      <Fault problem={doing.problem} />
    </div>
  );
}
