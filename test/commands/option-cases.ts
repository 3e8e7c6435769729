/** What each option of each command shows. */
import { type Commands, refused } from './option-case';
import { PROXY_CASES } from './proxy-option-cases';
import { PUSH_CASES } from './push-option-cases';
import { SIM_CASES } from './sim-option-cases';
import { USER_CASES } from './user-option-cases';
import { WEBHOOK_CASES } from './webhook-option-cases';

const NONE = /^$/;
const HEAD_ALONE = /^[^\n]*\r\n$/;

/** `{push}` is a subscription to push notifications, `{webhook}` a webhook; `{new}` is a file that is not there, `{empty}` a folder without files, `{lines}` one of lines for an import, `{backup}` a database, `{database}` the run's own, `{url}` and `{port}` a server's. */
export const CASES: Readonly<Record<string, Commands>> = {
  serve: {
    args: [],
    options: {
      '--demo': { shownBy: 'test/commands/serve.test.ts' },
      '--json': { shownBy: 'test/commands/serve.test.ts' },
      '--end-with-input': { shownBy: 'test/commands/serve.test.ts' },
      '--host': refused('256.1.1.1', /cannot listen on 256\.1\.1\.1/),
      '--port': refused('x', /^latchkey: --port: "x" is not a number/),
      '--database': refused('/dev/null/x.db', /\/dev\/null/),
      '--time-zone': refused('Mars/Base', /^latchkey: --time-zone: "Mars/),
      '--log-level': refused('loud', /^latchkey: --log-level: "loud"/),
      '--log-ids': refused('On', /^latchkey: --log-ids: "On"/),
      '--slow-call': refused('1s', /^latchkey: --slow-call: "1s"/),
      '--public-url': refused('ftp://x', /^latchkey: --public-url: "ftp:/),
      '--max-body': refused('0', /^latchkey: --max-body: "0"/),
      '--request-timeout': refused('0', /^latchkey: --request-timeout: "0"/),
      '--reply-timeout': refused('0', /^latchkey: --reply-timeout: "0"/),
      '--keep-alive': refused('0', /^latchkey: --keep-alive: "0"/),
      '--stop-timeout': refused('-1', /^latchkey: --stop-timeout: "-1"/),
      '--xsi-types': refused('yes', /^latchkey: --xsi-types: "yes"/),
      '--validation': refused('Strict', /^latchkey: --validation: "Strict"/),
      '--max-failed-logins': refused('many', /^latchkey: --max-failed-logins: "many"/),
      '--trusted-proxies': refused('nginx', /^latchkey: --trusted-proxies: "nginx"/),
      '--push-soap-version': refused('22.0', /^latchkey: --push-soap-version: "22\.0"/),
      '--webhook-private': refused('yes', /^latchkey: --webhook-private: "yes"/),
      '--database-writers': refused('0', /^latchkey: --database-writers: "0"/),
      '--database-readers': refused('all', /^latchkey: --database-readers: "all"/),
      '--database-wait': refused('99', /^latchkey: --database-wait: "99"/),
      '--database-pooler': refused('session', /^latchkey: --database-pooler: "session"/),
      '--calls': refused('many', /^latchkey: --calls: "many"/),
      '--console': refused('yes', /^latchkey: --console: "yes"/),
      '--oidc-issuer': refused('http://login.example.com', /^latchkey: --oidc-issuer: "http:/),
      '--oidc-client-id': refused('latchkey', /^latchkey: --oidc-issuer .* is missing/),
      '--oidc-client-secret-file': refused('/none', /^latchkey: --oidc-issuer .* is missing/),
      '--oidc-claim': refused('a b', /^latchkey: --oidc-claim: "a b"/),
      '--tls-cert': refused('/none.pem', /^latchkey: --tls-key .* is missing/),
      '--tls-key': refused('/none.pem', /^latchkey: --tls-cert .* is missing/),
      '--simulate': refused('yes', /^latchkey: --simulate: "yes"/),
      '--metrics': refused('9464', /^latchkey: --metrics: "9464"/),
    },
  },
  'merchant add': {
    args: ['acme'],
    options: { '--password-stdin': { give: [], shows: /^login {2}acme\n$/ } },
  },
  'merchant list': { args: [] },
  'merchant password': {
    args: ['demo'],
    options: { '--password-stdin': { give: [], shows: /^login {2}demo\n$/ } },
  },
  'merchant set': {
    args: ['demo', '--grace-days', '3'],
    options: {
      '--payment-failure-limit': { give: ['7'], shows: /paymentFailureLimit +7\n/ },
      '--grace-days': {
        from: ['demo', '--payment-failure-limit', '7'],
        give: ['5'],
        shows: /graceDays +5\n/,
      },
    },
  },
  'merchant remove': {
    args: ['demo', '--force', '--export', '{new}'],
    options: {
      '--force': { from: ['demo', '--export', '{new}'], give: [], shows: /removed +demo/ },
      '--export': { from: ['demo', '--force'], give: ['{new}'], shows: /removed +demo/ },
    },
  },
  'key add': {
    args: ['report'],
    options: {
      '--scope': { give: ['admin'], shows: /access +admin\n/ },
      '--read-only': { give: [], shows: /access +read\n/ },
    },
  },
  'key list': { args: [] },
  'key revoke': { args: ['shop'] },
  ...PUSH_CASES,
  ...USER_CASES,
  'account list': { args: [] },
  'account show': {
    args: ['xyz123'],
    options: { '--limit': { give: ['1'], shows: /there are more entitlements/ } },
  },
  'account erase': {
    args: ['xyz123', '--yes'],
    options: {
      '--email': { from: ['--yes'], give: ['xyz123@example.com'], shows: /idReplaced/ },
      '--revoke': { from: ['xyz123'], give: [], shows: /and its access taken/ },
      '--yes': { from: ['xyz123'], give: [], shows: /idReplaced/ },
    },
  },
  'account erasures': {
    args: ['xyz123'],
    options: { '--json': { shownBy: 'test/commands/erase.test.ts' } },
  },
  'entitlement import': {
    args: ['{lines}'],
    options: {
      '--dry-run': { give: [], shows: /would be done: 1/ },
      '--key': { shownBy: 'test/commands/entitlement-import.test.ts' },
      '--time-zone': refused('Mars/Base', /^latchkey: --time-zone: "Mars/),
    },
  },
  'offer add': {
    args: ['Course C', '--entitlement', 'a'],
    options: {
      '--entitlement': { from: ['Course C'], give: ['x', 'y'], shows: /entitlements +x y\n/ },
      '--id': { give: ['course-c'], shows: /id +course-c\n/ },
    },
  },
  'offer change': {
    args: ['course-a', '--name', 'New'],
    options: {
      '--name': {
        from: ['course-a', '--entitlement', 'x'],
        give: ['Other'],
        shows: /name +Other\n/,
      },
      '--entitlement': { give: ['x', 'y'], shows: /entitlements +x y\n/ },
    },
  },
  'offer list': { args: [] },
  'offer show': { args: ['course-a'] },
  'autobill payment-failed': {
    args: ['b1'],
    options: {
      '--final': { give: [], shows: /standing +failed/ },
      '--note': { shownBy: 'test/commands/auto-bill.test.ts' },
      '--time-zone': { give: ['Asia/Tokyo'], shows: /\+09:00/ },
    },
  },
  'autobill payment-succeeded': {
    args: ['b1'],
    options: {
      '--note': { shownBy: 'test/commands/auto-bill.test.ts' },
      '--time-zone': { give: ['Asia/Tokyo'], shows: /\+09:00/ },
    },
  },
  'autobill show': {
    args: ['b1'],
    options: { '--time-zone': { give: ['Asia/Tokyo'], shows: /\+09:00/ } },
  },
  why: {
    args: ['xyz123'],
    options: {
      '--entitlement': { give: ['none'], shows: /never had access to none/ },
      '--at': { give: ['2000-01-01T00:00Z'], shows: /had never had any access/ },
    },
  },
  find: { args: ['xyz123'] },
  ledger: {
    args: [],
    options: {
      '--account': { give: ['bob'], shows: /^(?:[^\n]*\tbob\t[^\n]*\n)+$/ },
      '--order': { give: ['Z9'], shows: /there is no order Z9/ },
      '--soap-id': { give: ['none'], shows: /no line of the ledger is of the call none/ },
      '--from': { give: ['2099-01-01T00:00Z'], shows: NONE },
      '--to': { give: ['2000-01-01T00:00Z'], shows: NONE },
      '--limit': { give: ['1'], shows: /^[^\n]+\n$/ },
    },
  },
  events: {
    args: [],
    options: {
      '--after': { give: ['9007199254740991'], shows: /^latchkey: after is 9007199254740991, but/ },
      '--types': { give: ['order.removed'], shows: NONE },
      '--account': { give: ['bob'], shows: /^(?:[^\n]*\tbob\t[^\n]*\n)+$/ },
      '--follow': { shownBy: 'test/commands/events.test.ts' },
    },
  },
  'audit export': {
    args: [],
    options: {
      '--format': { give: ['json'], shows: /^\[\n/ },
      '--account': { give: ['bob'], shows: /^[^\n]+\n(?:[^\n]*,bob,[^\n]*\n)+$/ },
      '--order': { give: ['Z9'], shows: /there is no order Z9/ },
      '--soap-id': { give: ['none'], shows: /no line of the ledger is of the call none/ },
      '--from': { give: ['2099-01-01T00:00Z'], shows: HEAD_ALONE },
      '--to': { give: ['2000-01-01T00:00Z'], shows: HEAD_ALONE },
    },
  },
  ...WEBHOOK_CASES,
  ...PROXY_CASES,
  ...SIM_CASES,
  'log-id': { args: ['xyz123'] },
  work: { args: [] },
  backup: { args: ['{new}'] },
  restore: { args: ['{backup}'] },
  check: { args: [] },
  repair: { args: [], options: { '--dry-run': { give: [], shows: /this was a dry run/ } } },
  'store copy': {
    args: ['{database}', '{new}'],
    options: { '--dry-run': { give: [], shows: /^would copy/ } },
  },
  health: {
    args: [],
    options: {
      '--url': { give: ['{url}'], shows: /^ok/ },
      '--host': { give: ['127.0.0.2'], shows: /127\.0\.0\.2/ },
      '--port': { give: ['{port}'], shows: /^ok/ },
    },
  },
  call: {
    args: [
      'isEntitled',
      'account.merchantAccountId=xyz123',
      'merchantEntitlementId=bac',
      '--endpoint',
      '{url}',
    ],
    options: {
      '--endpoint': {
        from: ['isEntitled', 'account.merchantAccountId=xyz123', 'merchantEntitlementId=bac'],
        give: ['{url}'],
        shows: /"entitled": true/,
      },
      '--version': { give: ['99.9'], shows: /no WSDL of Account 99\.9/ },
      '--login': { give: ['nobody'], shows: /Permission denied/ },
      '--srd': {
        from: ['fetchByMerchantAccountId', 'merchantAccountId=xyz123', '--endpoint', '{url}'],
        give: ['{"account":["VID"]}'],
        shows: /"merchantAccountId": "xyz123"\s*\}/,
      },
      '--json': { give: [], shows: /^\{"return"/ },
    },
  },
  validate: {
    args: ['-'],
    options: {
      '--soap-action': {
        give: ['http://soap.vindicia.com/v22_0/Account#isEntitled'],
        shows: /missing element/,
      },
    },
  },
};
