/** Around every screen: who is signed in, whose data is shown, search, and the way to the other screens. */
import { useEffect, useState } from 'preact/hooks';
import { Fault, Waiting } from '../parts/notice';
import { loadSession, type Session, useEnded, useSession } from '../api/session';
import { goTo, href, type Place, usePlace } from '../route/place';
import { at, type Screen, screenOf } from '../route/screens';
import { SignIn, SignInAgain } from '../sign-in/sign-in';
import { SearchBox } from '../search/search-box';
import { Home } from './home';
import { Navigation } from './navigation';
import { PersonMenu } from './person-menu';
import { ScreenView } from './screen-view';

export function Shell() {
  const place = usePlace();
  const session = useSession();
  const isEnded = useEnded();
  const [problem, setProblem] = useState<unknown>();
  const load = () => {
    setProblem(undefined);
    loadSession().catch(setProblem);
  };
  useEffect(load, []);
  const screen = screenOf(place);
  useEffect(() => {
    if (session === null && screen.name !== 'sign-in') goTo(at.signIn(place.href), true);
  }, [session, screen.name, place.href]);
  if (problem !== undefined) {
    return (
      <main class="alone">
        <Fault problem={problem} again={load} />
      </main>
    );
  }
  if (screen.name === 'sign-in') {
    const { query } = place;
    return <SignIn next={query.get('next')} fault={query.get('fault')} />;
  }
  if (session == null) return <Waiting />;
  return (
    <>
      <Frame key={session.name} session={session} screen={screen} place={place} />
      {isEnded && <SignInAgain next={place.href} />}
    </>
  );
}

interface FrameProps {
  readonly session: Session;
  readonly screen: Screen;
  readonly place: Place;
}

function Frame({ session, screen, place }: FrameProps) {
  const merchant = 'merchant' in screen ? screen.merchant : session.merchants[0]?.login;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={href([])}>
          <Mark />
          Latchkey
        </a>
        {merchant !== undefined && <SearchBox merchant={merchant} />}
        <PersonMenu session={session} merchant={merchant} />
      </header>
      <div class="body">
        {merchant !== undefined && (
          <Navigation
            merchant={merchant}
            screen={screen}
            isSimulation={session.server.isSimulation}
          />
        )}
        <main id="content" tabIndex={-1}>
          {screen.name === 'home' ? (
            <Home session={session} />
          ) : (
            // Another address is another screen, which begins anew.
            <ScreenView key={place.parts.join('/')} screen={screen} place={place} />
          )}
        </main>
      </div>
    </>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1f5fbf" />
      <g fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round">
        <circle cx="11.5" cy="16" r="5" />
        <path d="M16.5 16H26M22 16v4.5" />
      </g>
    </svg>
  );
}
