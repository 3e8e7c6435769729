/** What each option of `proxy` shows. */
import { type Commands, refused } from './option-case';

/** `{recorded}` is a folder with one case. */
export const PROXY_CASES: Readonly<Record<string, Commands>> = {
  'proxy run': {
    args: ['--upstream', 'http://127.0.0.1:1', '--mode', 'record', '--cases', '{empty}'],
    options: {
      '--upstream': {
        ...refused('ftp://x', /^latchkey: --upstream: "ftp:\/\/x" is not/),
        from: ['--mode', 'record', '--cases', '{empty}'],
      },
      '--mode': {
        ...refused('steal', /^latchkey: option '--mode <mode>' argument 'steal' is invalid/),
        from: ['--upstream', 'http://127.0.0.1:1', '--cases', '{empty}'],
      },
      '--cases': {
        ...refused('/none', /^latchkey: --cases: \/none is not there/),
        from: ['--upstream', 'http://127.0.0.1:1', '--mode', 'record'],
      },
      '--seed': {
        ...refused('/none', /^latchkey: --seed: \/none cannot be read/),
        from: ['--upstream', 'http://127.0.0.1:1', '--mode', 'diff'],
      },
      '--state': {
        ...refused('/none.db', /^latchkey: --state: there is no database at \/none\.db/),
        from: ['--upstream', 'http://127.0.0.1:1', '--mode', 'diff'],
      },
      '--ignore': {
        ...refused('a b', /^latchkey: --ignore: "a b" is no rule/),
        from: ['--upstream', 'http://127.0.0.1:1', '--mode', 'diff'],
      },
      '--moments': {
        ...refused('x', /^latchkey: --moments: "x" is not a number/),
        from: ['--upstream', 'http://127.0.0.1:1', '--mode', 'diff'],
      },
      '--database': {
        ...refused('/dev/null/x.db', /\/dev\/null/),
        from: ['--upstream', 'http://127.0.0.1:1', '--mode', 'spy'],
      },
      '--upstream-ca': refused('/none', /^latchkey: --upstream-ca: \/none cannot be read/),
      '--upstream-timeout': refused('0', /^latchkey: --upstream-timeout: "0" is not/),
      '--host': refused('256.1.1.1', /cannot listen on 256\.1\.1\.1/),
      '--port': refused('x', /^latchkey: --port: "x" is not a number/),
      '--log-level': refused('loud', /^latchkey: --log-level: "loud"/),
      '--tls-cert': refused('/none.pem', /^latchkey: --tls-key .* is missing/),
      '--tls-key': refused('/none.pem', /^latchkey: --tls-cert .* is missing/),
    },
  },
  'proxy report': {
    args: [],
    options: {
      '--url': { give: ['http://127.0.0.1:2'], shows: /no reply from http:\/\/127\.0\.0\.1:2/ },
      '--json': { shownBy: 'test/proxy/diff.test.ts' },
    },
  },
  replay: {
    args: ['{recorded}', '--endpoint', '{url}', '--password-stdin'],
    options: {
      '--endpoint': {
        from: ['{recorded}', '--password-stdin'],
        give: ['{url}'],
        shows: /^1 call: 1 the same/,
      },
      '--endpoint-ca': refused('/none', /^latchkey: --endpoint-ca: \/none cannot be read/),
      '--login': { shownBy: 'test/proxy/replay.test.ts' },
      '--password-stdin': { shownBy: 'test/proxy/replay.test.ts' },
      '--ignore': refused('a b', /^latchkey: --ignore: "a b" is no rule/),
      '--moments': refused('-1', /^latchkey: --moments: "-1" is not a number/),
    },
  },
};
