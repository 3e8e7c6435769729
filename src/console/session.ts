/** Sign-in, who has signed in, and sign-out. */
import { z } from 'zod';
import { endOfSession } from '../access/sessions';
import { writeSessionCookie } from '../access/session-cookie';
import { listVisible } from '../access/visible-merchant';
import { toIso } from '../base/iso';
import { version } from '../base/package';
import { TooManyFailures } from '../base/refusal';
import { ROLES, ROLES_IN_WORDS } from '../base/role';
import { ApiError } from '../rest/api-error';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import type { HeldSession } from '../store/people';
import { type ConsoleRoute, type ConsoleTools, defineConsole } from './context';

const tag = 'Session';

/** A moment of the examples. */
export const EXAMPLE_TIME = '2026-01-31T23:00:00.000Z';

export const roleField = z.enum(ROLES).meta({ description: `${ROLES_IN_WORDS}.` });

const Session = z
  .object({
    name: z.string().meta({ description: "The person's name: the ledger has it." }),
    role: roleField,
    allMerchants: z.boolean(),
    merchants: z.array(z.object({ login: z.string() })).meta({
      description: 'Those that the person sees, by login.',
    }),
    expiresAt: momentOutput.meta({ description: 'Unless it is used before.' }),
    server: z.object({
      version: z.string(),
      isSimulation: z.boolean(),
      timeZone: z.string().meta({ description: 'The IANA zone of days and periods.' }),
      now: momentOutput,
    }),
  })
  .meta({ id: 'Session' });

const SESSION = { 200: { description: 'The session.', schema: Session } };

const EXAMPLE = ok<z.input<typeof Session>>({
  name: 'demo',
  role: 'admin',
  allMerchants: true,
  merchants: [{ login: 'demo' }],
  expiresAt: '2026-02-01T00:00:00.000Z',
  server: { version, isSimulation: false, timeZone: 'America/Los_Angeles', now: EXAMPLE_TIME },
});

export const wrongSignIn = () => new ApiError(401, 'The name or the password is wrong.');
export const tooManySignIns = (seconds: number) =>
  new ApiError(
    429,
    `Too many wrong passwords or keys from this address; wait ${seconds} seconds, then try again.`,
    { 'Retry-After': String(seconds) },
  );

export const signIn = defineConsole({
  method: 'post',
  path: '/session',
  name: 'signIn',
  summary: 'Sign in',
  description:
    'The answer sets the cookie of a new session; one of before ends. It lasts 12 hours, and an hour without a call.',
  tag,
  body: z.object({
    name: z.string().min(1, 'must not be empty').max(200),
    password: z.string().min(1, 'must not be empty').max(2000),
  }),
  answers: SESSION,
  example: { body: { name: 'demo', password: 'demo' }, answer: EXAMPLE },
  access: 'write',
  handle: async ({ tools, caller, input: { body } }) => {
    const token = await begin(tools, body, caller).catch((error: unknown) => {
      throw error instanceof TooManyFailures ? tooManySignIns(error.seconds) : error;
    });
    const session = token === undefined ? undefined : await tools.sessions.find(token);
    if (!session) throw wrongSignIn();
    const headers = { 'Set-Cookie': writeSessionCookie(token, caller.isSecure) };
    const changed = { signedIn: session.person.name };
    return { ...ok(await present(tools, session)), headers, changed };
  },
});

function begin(
  { sessions }: ConsoleTools,
  credentials: { readonly name: string; readonly password: string },
  { address, token }: { readonly address: string; readonly token: string | undefined },
): Promise<string | undefined> {
  return sessions.begin(credentials, address, token);
}

export const signInWays = defineConsole({
  method: 'get',
  path: '/session/ways',
  name: 'getSignInWays',
  summary: 'Say how one signs in; for whoever has no session yet',
  tag,
  answers: {
    200: {
      description: 'The ways beside a password.',
      schema: z
        .object({
          provider: z
            .string()
            .nullable()
            .meta({
              description:
                'The host of the OpenID Connect provider: `/console/api/oidc/start?next=` leads a browser there and, signed in, ' +
                'to that screen. null: there is none.',
            }),
        })
        .meta({ id: 'SignInWays' }),
    },
  },
  example: { answer: ok({ provider: 'login.example.com' }) },
  access: 'read',
  handle: ({ tools }) => Promise.resolve(ok({ provider: tools.provider?.name ?? null })),
});

/** Answers a stranger, too: a page that asks whether there is a session does nothing that is to be refused. */
export const getSession = defineConsole({
  method: 'get',
  path: '/session',
  name: 'getSession',
  summary: 'Say who has signed in',
  tag,
  answers: {
    200: SESSION[200],
    204: { description: 'Nobody has signed in, or the session has ended.' },
  },
  example: { answer: EXAMPLE },
  access: 'read',
  handle: async ({ tools, caller: { session } }) =>
    session ? ok(await present(tools, session)) : ({ status: 204 } as const),
});

const signOut = defineConsole({
  method: 'delete',
  path: '/session',
  name: 'signOut',
  summary: 'Sign out: the session ends',
  tag,
  answers: { 200: { description: 'It has ended.', schema: z.object({}) } },
  example: { answer: ok({}) },
  access: 'write',
  scope: 'read',
  handle: async ({ tools, caller }) => {
    await tools.sessions.end(caller.token ?? '');
    return { ...ok({}), headers: { 'Set-Cookie': writeSessionCookie(undefined, caller.isSecure) } };
  },
});

async function present(
  { store, timeZone, isSimulation }: ConsoleTools,
  { person, ...times }: HeldSession,
): Promise<z.input<typeof Session>> {
  const merchants = await listVisible(store, person);
  return {
    name: person.name,
    role: person.role,
    allMerchants: person.merchants === undefined,
    merchants: merchants.map(({ login }) => ({ login })),
    expiresAt: toIso(endOfSession(times)),
    server: { version, isSimulation, timeZone, now: toIso(store.now()) },
  };
}

/** In the order in which they are listed. */
export const SESSION_ROUTES: readonly ConsoleRoute[] = [signIn, signInWays, getSession, signOut];
