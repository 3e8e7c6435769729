/** The page where a person signs in; it leads back to the screen that was asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { signIn, useSession } from '../api/session';
import { useDoing } from '../api/use-answer';
import { Field } from '../parts/field';
import { Fault } from '../parts/notice';
import { goTo, safeReturn } from '../route/place';
import './sign-in.css';

/** @param props.next the address that a sign-in leads to, as the link says it */
export function SignIn({ next }: { readonly next: string | null }) {
  const session = useSession();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = 'Sign in · Latchkey';
  }, []);
  useEffect(() => {
    if (session) goTo(safeReturn(next), true);
  }, [session, next]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const isIn = await doing.run(() => signIn(name, password));
    if (!isIn) form.current?.querySelector<HTMLInputElement>('input[type=password]')?.focus();
  };
  return (
    <main class="sign-in">
      <form class="panel" ref={form} onSubmit={(event) => void submit(event)}>
        <h1>Latchkey</h1>
        <p class="muted">Sign in to the console.</p>
        <Fault problem={doing.problem} />
        <Field
          label="Name"
          value={name}
          onInput={setName}
          autoComplete="username"
          required
          isFirst
        />
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
        <p class="muted small">
          No account yet? On the server: <code>latchkey user add NAME --role support</code>
        </p>
      </form>
    </main>
  );
}
