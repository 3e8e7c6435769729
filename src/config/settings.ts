/** The settings: read from flags and the environment, and checked, once at the start. */
import { CONSOLE_SETTINGS, type ConsoleSettings } from './console';
import { LOG_SETTINGS, type LogSettings } from './log';
import { METRICS_SETTINGS, type MetricsSettings } from './metrics';
import { OIDC_SETTINGS, type OidcSettings } from './oidc';
import { isProxyList } from './proxy-list';
import { POSTGRES_SETTINGS, type PostgresSettings } from './postgres';
import { PUSH_SETTINGS, type PushServerSettings } from './push';
import { type Setting, SettingError } from './setting';
import { SIMULATION_SETTINGS, type SimulationSettings } from './simulation';
import { TLS_SETTINGS, type TlsSettings } from './tls';
import { WEBHOOK_SETTINGS, type WebhookSettings } from './webhooks';

export { type Setting, SettingError } from './setting';

export interface Settings
  extends
    LogSettings,
    TlsSettings,
    PostgresSettings,
    PushServerSettings,
    WebhookSettings,
    ConsoleSettings,
    OidcSettings,
    SimulationSettings,
    MetricsSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A file, `:memory:`, or the URL of a database on PostgreSQL, which may hold a password. */
  readonly database: string;
  /** The IANA zone of replies, and of dateTimes that come without an offset. */
  readonly timeZone: string;
  readonly logLevel: string;
  /** The URL in soap:address; undefined: taken from the request's Host. */
  readonly publicUrl: string | undefined;
  /** Bytes, after decompression. */
  readonly maxBody: number;
  /** Seconds within which a client must have sent a request. */
  readonly requestTimeout: number;
  /** Seconds that the reader of a large reply may stand still. */
  readonly replyTimeout: number;
  /** Seconds that a connection without a request is kept open. */
  readonly keepAlive: number;
  /** Seconds that replies under way get once the server is to end. */
  readonly stopTimeout: number;
  readonly xsiTypes: boolean;
  /** Whether requests are held against the WSDL. */
  readonly validation: 'lenient' | 'strict';
  /** Per minute and address; 0: unlimited. */
  readonly maxFailedLogins: number;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const notEmpty = (text: string) => (text === '' ? undefined : text);

/** Every setting there is; flags, variables and docs/settings.md come from here. */
export const SETTINGS: { readonly [Name in keyof Settings]: Setting<Settings[Name]> } = {
  host: {
    variable: 'LATCHKEY_HOST',
    flag: '--host <address>',
    description: 'address to listen on',
    default: '127.0.0.1',
    parse: notEmpty,
    expected: 'an address',
  },
  port: {
    variable: 'LATCHKEY_PORT',
    flag: '--port <number>',
    description: 'port to listen on; 0 takes any free one',
    default: '8787',
    parse: (text) => integer(text, 0, 65_535),
    expected: 'a number from 0 to 65535',
  },
  database: {
    variable: 'LATCHKEY_DATABASE',
    flag: '--database <place>',
    description:
      'the SQLite file, also as sqlite:FILE, or postgres://…; serve and merchant add make a file where there is none',
    default: 'data/latchkey.db',
    parse: notEmpty,
    expected: 'a file name, :memory: or a postgres:// URL',
  },
  timeZone: {
    variable: 'LATCHKEY_TIME_ZONE',
    flag: '--time-zone <zone>',
    description: 'zone of dateTimes in replies, and of those that come without an offset',
    default: 'America/Los_Angeles',
    parse: (text) => (isTimeZone(text) ? text : undefined),
    expected: 'an IANA time zone such as Europe/Berlin',
  },
  logLevel: {
    variable: 'LATCHKEY_LOG_LEVEL',
    flag: '--log-level <level>',
    description: `one of ${LOG_LEVELS.join(', ')}`,
    default: 'info',
    parse: (text) => (LOG_LEVELS.includes(text) ? text : undefined),
    expected: `one of ${LOG_LEVELS.join(', ')}`,
  },
  ...LOG_SETTINGS,
  publicUrl: {
    variable: 'LATCHKEY_PUBLIC_URL',
    flag: '--public-url <url>',
    description: "what the WSDL says this server's address is; default: the request's Host",
    default: '',
    parse: publicUrl,
    expected: 'an http or https URL without user, query and fragment',
  },
  maxBody: {
    variable: 'LATCHKEY_MAX_BODY',
    flag: '--max-body <bytes>',
    description: 'largest request body in bytes, after decompression',
    default: '1048576',
    parse: (text) => integer(text, 1, 2 ** 30),
    expected: 'a number of bytes from 1 to 1073741824',
  },
  requestTimeout: {
    variable: 'LATCHKEY_REQUEST_TIMEOUT',
    flag: '--request-timeout <seconds>',
    description: 'within how many seconds a client must have sent its request',
    default: '60',
    parse: (text) => integer(text, 1, 3600),
    expected: 'a number of seconds from 1 to 3600',
  },
  replyTimeout: {
    variable: 'LATCHKEY_REPLY_TIMEOUT',
    flag: '--reply-timeout <seconds>',
    description: 'for how many seconds a client may read nothing of a large reply',
    default: '30',
    parse: (text) => integer(text, 1, 3600),
    expected: 'a number of seconds from 1 to 3600',
  },
  keepAlive: {
    variable: 'LATCHKEY_KEEP_ALIVE',
    flag: '--keep-alive <seconds>',
    description: "seconds that an idle connection stays open; more than a proxy's own limit",
    default: '75',
    parse: (text) => integer(text, 1, 3600),
    expected: 'a number of seconds from 1 to 3600',
  },
  stopTimeout: {
    variable: 'LATCHKEY_STOP_TIMEOUT',
    flag: '--stop-timeout <seconds>',
    description: 'for how many seconds a signal to end lets replies under way go on',
    default: '10',
    parse: (text) => integer(text, 0, 3600),
    expected: 'a number of seconds from 0 to 3600',
  },
  xsiTypes: {
    variable: 'LATCHKEY_XSI_TYPES',
    flag: '--xsi-types <on|off>',
    description: 'whether every element of a reply says its xsi:type',
    default: 'off',
    parse: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
    expected: 'on or off',
  },
  validation: {
    variable: 'LATCHKEY_VALIDATION',
    flag: '--validation <lenient|strict>',
    description: 'strict: a request that breaks the WSDL of its version gets a Fault',
    default: 'lenient',
    parse: (text) => (text === 'lenient' || text === 'strict' ? text : undefined),
    expected: 'lenient or strict',
  },
  maxFailedLogins: {
    variable: 'LATCHKEY_MAX_FAILED_LOGINS',
    flag: '--max-failed-logins <number>',
    description: 'failed logins a minute and address, before more get 429; 0: no limit',
    default: '20',
    parse: (text) => integer(text, 0, 1_000_000),
    expected: 'a number from 0 to 1000000',
  },
  trustedProxies: {
    variable: 'LATCHKEY_TRUSTED_PROXIES',
    flag: '--trusted-proxies <list>',
    description: 'proxies whose X-Forwarded-For is believed: addresses, networks, `loopback`',
    default: 'none',
    parse: proxies,
    expected: 'none or addresses and networks, separated by commas',
  },
  ...POSTGRES_SETTINGS,
  ...TLS_SETTINGS,
  ...PUSH_SETTINGS,
  ...WEBHOOK_SETTINGS,
  ...CONSOLE_SETTINGS,
  ...OIDC_SETTINGS,
  ...SIMULATION_SETTINGS,
  ...METRICS_SETTINGS,
};

/**
 * Reads the settings: a flag counts before the environment, that before the default.
 * @param flags texts by setting name
 * @throws SettingError that names the first bad one
 */
export function readSettings(
  flags: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const entries = Object.entries(SETTINGS).map(([name, setting]: [string, Setting<unknown>]) => {
    const flag = flags[name];
    const text = flag ?? environment[setting.variable] ?? setting.default;
    if (text === '' && setting.default === '') return [name, undefined];
    const value = setting.parse(text);
    if (value !== undefined) return [name, value];
    const place = flag === undefined ? setting.variable : setting.flag.split(' ')[0];
    throw new SettingError(`${place}: "${text}" is not ${setting.expected}`);
  });
  return Object.fromEntries(entries) as Settings;
}

function integer(text: string, least: number, most: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}

function proxies(text: string): readonly string[] | undefined {
  const list = text === 'none' ? [] : text.split(',').map((item) => item.trim());
  return isProxyList(list) ? list : undefined;
}

function isTimeZone(text: string): boolean {
  try {
    return text !== '' && new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Paths are put after it: `/soap.pl`. */
function publicUrl(text: string): string | undefined {
  if (!URL.canParse(text) || /[?#]/.test(text)) return undefined;
  const { protocol, username, password } = new URL(text);
  const plain = /^https?:$/.test(protocol) && username === '' && password === '';
  return plain ? text.replace(/\/+$/, '') : undefined;
}
