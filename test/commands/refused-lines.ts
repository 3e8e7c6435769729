/** Command lines of which a part would be dropped, and the messages that refuse them. */
export const REFUSED: ReadonlyArray<readonly [args: readonly string[], message: string]> = [
  [
    ['audit', 'export', '--format', 'csv', '--json'],
    "option '--json' cannot be used with option '--format <format>'",
  ],
  [
    ['health', '--url', 'http://127.0.0.1:1', '--port', '2'],
    "option '--url <url>' cannot be used with option '--port <number>'",
  ],
  [
    ['health', '--url', 'http://127.0.0.1:1', '--host', '::1'],
    "option '--url <url>' cannot be used with option '--host <address>'",
  ],
  [
    ['entitlement', 'import', '-', '--dry-run', '--key', 'x'],
    "option '--dry-run' cannot be used with option '--key <name>'",
  ],
  [['health', '--url', 'ftp://x'], '--url: "ftp://x" is not an http or https URL'],
  [
    ['proxy', '--upstream', 'http://x/soap.pl', '--mode', 'record'],
    "--upstream: name host and port alone, http://x: paths are the clients' own",
  ],
  [
    ['proxy', '--upstream', 'http://ada:secret@x', '--mode', 'record'],
    '--upstream: name no user or password in it',
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', 'spy', '--cases', 'x'],
    '--cases is for --mode record alone',
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', 'record', '--ignore', 'x'],
    '--ignore is for --mode diff, and for record with --state',
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', 'diff', '--database', 'x'],
    '--database is for --mode spy alone',
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', 'record'],
    '--mode record: name the folder that gets the cases with --cases',
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', 'record', '--cases', '/proc/1'],
    '--cases: /proc/1 is not empty; name a folder that is',
  ],
  [
    ['proxy', '--upstream', 'http://x', '--mode', 'record', '--cases', '/dev/null'],
    '--cases: /dev/null is no folder; name one',
  ],
  [
    ['ledger', '--merchant', 'demo', '--merchant', 'acme'],
    "option '--merchant <login>' is given twice, with different values",
  ],
  [
    ['ledger', '--merchant='],
    "option '--merchant <login>' is empty; give a value, or leave the option out",
  ],
  [
    ['serve', '--tls-cert', '', '--tls-key', ''],
    "option '--tls-cert <file>' is empty; give a value, or leave the option out",
  ],
  [
    ['autobill', 'payment-failed', 'b1', '--note', '--final'],
    "option '--note <text>' has no value: what follows it is the option --final",
  ],
  [
    ['offer', 'add', 'x', '--entitlement', 'a', '--id', '--json'],
    "option '--id <id>' has no value: what follows it is the option --json",
  ],
  [
    ['ledger', '--limit', '-1'],
    `--limit: "-1" is not a number from 1 to ${Number.MAX_SAFE_INTEGER}`,
  ],
  [
    ['ledger', '--limit', '1.5'],
    `--limit: "1.5" is not a number from 1 to ${Number.MAX_SAFE_INTEGER}`,
  ],
  [
    ['audit', 'export', '--from', '2024-06-01T00:00Z', '--to', '2024-06-01T00:00Z'],
    '--to is not after --from: no line lies between them',
  ],
  [
    ['merchant', 'add', 'acme', '--database', ':memory:'],
    ':memory: ends with this command; name a file with --database',
  ],
  [
    ['restore', '{backup}', '--database', ':memory:'],
    ':memory: ends with this command; name a file with --database',
  ],
  [
    ['call', 'isEntitled', '--endpoint', '{url}', '--srd', '{}', 'srd=x'],
    'srd is given twice, with different values',
  ],
  [
    ['call', 'isEntitled', '--endpoint', '{url}', 'account.VID=a', 'account.VID=b'],
    'account.VID is given twice, with different values',
  ],
  [['call', 'isEntitled', '--endpoint', '{url}', 'auth.login=x'], 'auth.login: give it as --login'],
];
