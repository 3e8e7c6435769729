/** The page where a person signs in; it leads back to the screen that was asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { leaveSession, signIn, useSession } from '../api/session';
import { useAnswer, useDoing } from '../api/use-answer';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Fault } from '../parts/notice';
import { goTo, safeReturn } from '../route/place';
import './sign-in.css';

interface SignInProps {
  /** The address that a sign-in leads to, as the link says it. */
  readonly next: string | null;
  /** Why a sign-in at the provider failed, as the address says it. */
  readonly fault: string | null;
}

export function SignIn({ next, fault }: SignInProps) {
  const session = useSession();
  useEffect(() => {
    document.title = 'Sign in · Latchkey';
  }, []);
  useEffect(() => {
    if (session) goTo(safeReturn(next), true);
  }, [session, next]);
  return (
    <main class="sign-in">
      <div class="panel stack">
        <h1>Latchkey</h1>
        <p class="muted">Sign in to the console.</p>
        <SignInForm fault={fault} />
        <ProviderLink next={safeReturn(next)} />
        <p class="muted small">
          No account yet? On the server: <code>latchkey user add NAME --role support</code>
        </p>
      </div>
    </main>
  );
}

/** Stands over a screen whose session has ended: what was typed there is still there afterwards. */
export function SignInAgain({ next }: { readonly next: string }) {
  return (
    <Dialog title="Sign in again" onClose={leaveSession}>
      <p>Your session has ended. What you typed is still here.</p>
      <SignInForm fault={null} />
      <ProviderLink next={next} isAside />
    </Dialog>
  );
}

function SignInForm({ fault }: Pick<SignInProps, 'fault'>) {
  const doing = useDoing();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const isIn = await doing.run(() => signIn(name, password));
    if (!isIn) form.current?.querySelector<HTMLInputElement>('input[type=password]')?.focus();
  };
  return (
    <form class="stack" ref={form} onSubmit={(event) => void submit(event)}>
      {doing.problem === undefined && <ProviderFault fault={fault} />}
      <Fault problem={doing.problem} />
      <Field label="Name" value={name} onInput={setName} autoComplete="username" required isFirst />
      <Field
        label="Password"
        type="password"
        value={password}
        onInput={setPassword}
        autoComplete="current-password"
        required
      />
      <button class="button first" disabled={doing.isBusy}>
        {doing.isBusy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}

interface ProviderLinkProps {
  /** The address that it leads back to. */
  readonly next: string;
  /** In a tab of its own: this page stays as it is, and goes on once somebody has signed in there. */
  readonly isAside?: boolean;
}

/** The way to the provider, where there is one. */
function ProviderLink({ next, isAside = false }: ProviderLinkProps) {
  const { answer } = useAnswer('getSignInWays', {});
  if (!answer || answer.provider === null) return null;
  const address = `/console/api/oidc/start?${new URLSearchParams({ next }).toString()}`;
  if (!isAside) {
    return (
      <a class="button" href={address}>
        Sign in with {answer.provider}
      </a>
    );
  }
  return (
    <>
      <a class="button" href={address} target="_blank" rel="noopener">
        Sign in with {answer.provider}
      </a>
      <p class="muted small">It opens another tab; this one goes on once you are signed in.</p>
    </>
  );
}

/** What the server says by a word in the address. */
const FAULTS: Readonly<Record<string, string>> = {
  unreachable:
    'The sign-in service cannot be reached just now. Sign in with a password, or try again later.',
  refused: 'The sign-in was not completed. Try again; the log of the server says why.',
  unknown: 'The sign-in service knows you, but there is no user of your name here. Ask an admin.',
  wait: 'There were too many failed sign-ins from this address. Wait a minute, then try again.',
};

function ProviderFault({ fault }: { readonly fault: string | null }) {
  const text = fault === null ? undefined : FAULTS[fault];
  if (text === undefined) return null;
  return (
    <p class="notice bad" role="alert">
      {text}
    </p>
  );
}
