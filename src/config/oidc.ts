/** The settings of signing in to the console by OpenID Connect. */
import type { Setting } from './setting';

export interface OidcSettings {
  /** The provider; undefined: there is none. */
  readonly oidcIssuer: string | undefined;
  /** As what the provider knows this server. */
  readonly oidcClientId: string | undefined;
  /** A file; undefined: the provider asks for no secret. */
  readonly oidcClientSecretFile: string | undefined;
  /** The claim that names a user. */
  readonly oidcClaim: string;
}

/** Issuer and client id are given both or not at all. */
export const OIDC_SETTINGS: { readonly [Name in keyof OidcSettings]: Setting<OidcSettings[Name]> } =
  {
    oidcIssuer: {
      variable: 'LATCHKEY_OIDC_ISSUER',
      flag: '--oidc-issuer <url>',
      description: 'the OpenID Connect provider whose users sign in to the console',
      default: '',
      parse: issuer,
      expected: 'an https URL without user, query and fragment; http on this machine alone',
    },
    oidcClientId: {
      variable: 'LATCHKEY_OIDC_CLIENT_ID',
      flag: '--oidc-client-id <id>',
      description: 'as what the provider knows this server',
      default: '',
      parse: (text) => text.trim() || undefined,
      expected: 'an id that the provider gave',
    },
    oidcClientSecretFile: {
      variable: 'LATCHKEY_OIDC_CLIENT_SECRET_FILE',
      flag: '--oidc-client-secret-file <file>',
      description: 'the file with the secret that the provider gave; default: it gave none',
      default: '',
      parse: (text) => text,
      expected: 'a file name',
    },
    oidcClaim: {
      variable: 'LATCHKEY_OIDC_CLAIM',
      flag: '--oidc-claim <name>',
      description: 'the claim that is the name of a user; an `email` must be verified',
      default: 'preferred_username',
      parse: (text) => (/^[\w:./-]{1,100}$/.test(text) ? text : undefined),
      expected: 'the name of a claim such as email',
    },
  };

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

function issuer(text: string): string | undefined {
  if (!URL.canParse(text) || /[?#]/.test(text)) return undefined;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return isSafe && username === '' && password === '' ? text : undefined;
}
