/**
 * Who somebody is, as an OpenID Connect provider says: authorization code with PKCE, state and nonce. The provider is asked
 * for the first time when somebody wants to sign in there.
 * Decided: docs/decisions/openid-connect.md
 */

/** How the provider is reached. */
export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: it asks for none. */
  readonly clientSecret: string | undefined;
  /** The claim that names a user. */
  readonly claim: string;
}

/** What the browser keeps between its way to the provider and back. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A provider. */
export interface Provider {
  /** Its host, for people. */
  readonly name: string;
  /**
   * @param redirectUri where the browser comes back to
   * @returns the address that the browser is sent to, and what it keeps
   * @throws ProviderError `unreachable`
   */
  readonly begin: (
    redirectUri: string,
  ) => Promise<{ readonly url: URL; readonly pending: Pending }>;
  /**
   * @param url the address with which the browser came back
   * @returns the name of the user
   * @throws ProviderError
   */
  readonly finish: (url: URL, pending: Pending) => Promise<string>;
}

/** A sign-in that the provider did not bring to its end; the message is for the log. */
export class ProviderError extends Error {
  override name = 'ProviderError';

  /**
   * @param kind `unreachable`: nobody can sign in there just now; `refused`: this sign-in does not count; `unknown`: there is
   *   no user of that name here
   */
  constructor(
    readonly kind: 'unreachable' | 'refused' | 'unknown',
    message: string,
  ) {
    super(message);
  }
}

/** What is known of the provider, as the package keeps it. */
type Configuration = object;

/** The part of the package openid-client that is used here. It is loaded when somebody signs in. */
interface Client {
  discovery(
    issuer: URL,
    clientId: string,
    metadata: undefined,
    authentication: unknown,
    options: {
      readonly execute: ReadonlyArray<(of: Configuration) => void>;
      readonly timeout: number;
    },
  ): Promise<Configuration>;
  None(): unknown;
  ClientSecretPost(secret: string): unknown;
  readonly allowInsecureRequests: (of: Configuration) => void;
  readonly enableNonRepudiationChecks: (of: Configuration) => void;
  randomState(): string;
  randomNonce(): string;
  randomPKCECodeVerifier(): string;
  calculatePKCECodeChallenge(verifier: string): Promise<string>;
  buildAuthorizationUrl(of: Configuration, parameters: Readonly<Record<string, string>>): URL;
  authorizationCodeGrant(
    of: Configuration,
    url: URL,
    checks: {
      readonly pkceCodeVerifier: string;
      readonly expectedState: string;
      readonly expectedNonce: string;
      readonly idTokenExpected: true;
    },
  ): Promise<{ claims(): Readonly<Record<string, unknown>> | undefined }>;
}

/** Seconds that a question to the provider may take. */
const TIMEOUT = 10;

/** Builds it; asks the provider nothing yet. */
export function createProvider({
  issuer,
  clientId,
  clientSecret,
  claim,
}: ProviderOptions): Provider {
  const server = new URL(issuer);
  let known: Promise<Configuration> | undefined;
  const discover = async () => {
    const client = load();
    // The signature is checked though the token comes from the provider itself: a proxy between may end TLS.
    const execute = [client.enableNonRepudiationChecks];
    if (server.protocol === 'http:') execute.push(client.allowInsecureRequests);
    const authentication =
      clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret);
    const options = { execute, timeout: TIMEOUT };
    return client.discovery(server, clientId, undefined, authentication, options);
  };
  // A failure is not kept: the next who comes asks again.
  const configuration = () =>
    (known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw new ProviderError('unreachable', reasonOf(error));
    }));
  return {
    name: server.host,
    begin: async (redirectUri) => {
      const config = await configuration();
      const client = load();
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      });
      return { url, pending };
    },
    finish: async (url, { state, nonce, verifier }) => {
      const config = await configuration();
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
      const tokens = await load()
        .authorizationCodeGrant(config, url, { ...checks, idTokenExpected: true })
        .catch((error: unknown) => {
          throw new ProviderError('refused', reasonOf(error));
        });
      return nameIn(tokens.claims() ?? {}, claim);
    },
  };
}

/** The user's name. An address that nobody has verified may be anybody's. */
function nameIn(claims: Readonly<Record<string, unknown>>, claim: string): string {
  const name = claims[claim];
  if (typeof name !== 'string' || name === '') {
    throw new ProviderError('refused', `the provider sends no claim ${claim}`);
  }
  if (claim === 'email' && claims.email_verified !== true) {
    throw new ProviderError('refused', 'the provider has not verified the e-mail address');
  }
  return name;
}

function load(): Client {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- few servers need it
  return require('openid-client') as Client;
}

/** The reason in words, without what the provider answered: that may hold tokens. */
function reasonOf(error: unknown): string {
  const { message, code, cause } = error as Error & { code?: unknown };
  const inner = cause instanceof Error ? `: ${cause.message}` : '';
  return typeof code === 'string' ? `${message}${inner} (${code})` : `${message}${inner}`;
}
