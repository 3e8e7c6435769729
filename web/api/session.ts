/** The session of the person who signed in: the cookie is the browser's; what is known of it is kept here. */
import { useEffect, useState } from 'preact/hooks';
import { type Answer, send } from './request';

export type Session = Answer<'signIn'>;

/** undefined: not known yet; null: nobody is signed in. */
type Known = Session | null | undefined;

let known: Known;
const listeners = new Set<(now: Known) => void>();

let isEnded = false;

function know(now: Known, hasEnded = false): void {
  known = now;
  isEnded = hasEnded;
  for (const listen of listeners) listen(now);
}

/** Between the browser's tabs: one says that somebody has signed in. */
const tabs = new BroadcastChannel('latchkey-session');
tabs.onmessage = () => {
  if (isEnded) void resume();
};

/** Goes on where a session is there again. */
async function resume(): Promise<void> {
  try {
    const session = await findSession();
    if (session) know(session);
  } catch {
    // The form is still there.
  }
}

/** @returns undefined: nobody has signed in */
function findSession(): Promise<Session | undefined> {
  return send('getSession');
}

function begin(session: Session): void {
  know(session);
  tabs.postMessage('signed in');
}

/** Asks the server who is signed in. @throws Problem where it does not say */
export async function loadSession(): Promise<void> {
  const session = await findSession();
  if (session) begin(session);
  // Somebody may have signed in since the server said so.
  else if (known === undefined) know(null);
}

/** @throws Problem where the server refuses, with its words */
export async function signIn(name: string, password: string): Promise<void> {
  begin(await send('signIn', { body: { name, password } }));
}

/** Ends the session here and on the server. */
export async function signOut(): Promise<void> {
  await send('signOut');
  know(null);
}

/** The server says that there is no session any more: what was known of it stays, and what somebody types. */
export function endSession(): void {
  if (known) know(known, true);
  else know(null);
}

/** Leaves a session that has ended. */
export function leaveSession(): void {
  know(null);
}

/** Whether the session that is known has ended meanwhile. */
export function useEnded(): boolean {
  const [now, setNow] = useState(isEnded);
  useEffect(() => {
    const listen = () => setNow(isEnded);
    listeners.add(listen);
    listen();
    return () => void listeners.delete(listen);
  }, []);
  return now;
}

/** Who is signed in, anew when that changes. */
export function useSession(): Known {
  const [now, setNow] = useState<Known>(known);
  useEffect(() => {
    listeners.add(setNow);
    setNow(known);
    return () => void listeners.delete(setNow);
  }, []);
  return now;
}

/** The server's time zone; UTC until it is known. */
export function serverZone(): string {
  return known?.server.timeZone ?? 'UTC';
}

const RANKS = ['viewer', 'support', 'admin'] as const;

/** Whether the person may do what a role may. The server decides; this hides what it would refuse. */
export function may(role: (typeof RANKS)[number]): boolean {
  return known != null && RANKS.indexOf(known.role) >= RANKS.indexOf(role);
}
