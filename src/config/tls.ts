/** The settings of https. */
import type { Setting } from './setting';

export interface TlsSettings {
  /** A file; undefined, as the other: http. */
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
}

const file = (text: string) => (text === '' ? undefined : text);

/** Both or none. */
export const TLS_SETTINGS: { readonly [Name in keyof TlsSettings]: Setting<TlsSettings[Name]> } = {
  tlsCert: {
    variable: 'LATCHKEY_TLS_CERT',
    flag: '--tls-cert <file>',
    description: 'serve https with this certificate: PEM, with those between it and the root',
    default: '',
    parse: file,
    expected: 'a file name',
  },
  tlsKey: {
    variable: 'LATCHKEY_TLS_KEY',
    flag: '--tls-key <file>',
    description: "the certificate's private key: PEM, without a passphrase",
    default: '',
    parse: file,
    expected: 'a file name',
  },
};
