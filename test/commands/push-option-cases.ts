/** What each option of `latchkey push` shows. */
import type { Case, Commands } from './option-case';

/** Options of a subscription to push notifications that show in the same way for a new one and for another. */
const PUSH_VALUES: Readonly<Record<string, Case>> = {
  '--format': { give: ['form'], shows: /format +form\n/ },
  '--retries': { give: ['7'], shows: /retries +7\n/ },
  '--interval': { give: ['9'], shows: /interval +9\n/ },
  '--basic-user': { give: ['ada'], shows: /basicUser +ada\n/ },
  '--email': { give: ['y@example.com'], shows: /email +y@example\.com\n/ },
};

/** `{push}` is a subscription to push notifications. */
export const PUSH_CASES: Readonly<Record<string, Commands>> = {
  'push add': {
    args: ['--class', 'entitlement', '--url', 'http://127.0.0.1/x'],
    options: {
      '--class': {
        from: ['--url', 'http://127.0.0.1/x'],
        give: ['accounts'],
        shows: /class +accounts\n/,
      },
      '--url': {
        from: ['--class', 'accounts'],
        give: ['http://127.0.0.1/y'],
        shows: /url +http:\/\/127\.0\.0\.1\/y\n/,
      },
      ...PUSH_VALUES,
      '--coalesce': { give: [], shows: /coalesce +true\n/ },
      '--skip': { give: ['stop'], shows: /skip +\["stop"\]\n/ },
      // A key that was given is not printed.
      '--key-stdin': { give: [], shows: /createdBy +operator\n$/ },
    },
  },
  'push list': { args: [] },
  'push change': {
    args: ['{push}', '--retries', '9'],
    options: {
      ...PUSH_VALUES,
      '--url': { give: ['http://127.0.0.1/y'], shows: /url +http:\/\/127\.0\.0\.1\/y\n/ },
      '--retries': { from: ['{push}', '--interval', '9'], give: ['7'], shows: /retries +7\n/ },
      '--skip': { give: ['start'], shows: /skip +\["start"\]\n/ },
      '--skip-none': { give: [], shows: /skip +\[\]\n/ },
      '--coalesce': { from: ['{push}', '--no-coalesce'], give: [], shows: /coalesce +true\n/ },
      '--no-coalesce': { give: [], shows: /coalesce +false\n/ },
      '--no-basic': { give: [], shows: /interval +60\nemail/ },
      '--no-email': { give: [], shows: /basicUser +bob\ncreatedAt/ },
      '--key-stdin': { shownBy: 'test/push/commands.test.ts' },
    },
  },
  'push remove': { args: ['{push}'] },
  'push test': { args: ['{push}'] },
  'push failed': { args: ['{push}'] },
  'push resend': {
    args: ['{push}', '1'],
    options: { '--all': { from: ['{push}'], give: [], shows: /1 to be sent again/ } },
  },
};
