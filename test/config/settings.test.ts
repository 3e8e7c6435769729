/** Settings: flag before environment before default; a bad one is named in one line. */
import { readSettings, SettingError } from '../../src/config/settings';

describe('settings', () => {
  test('defaults', () => {
    expect(readSettings({}, {})).toEqual({
      host: '127.0.0.1',
      port: 8787,
      database: 'data/latchkey.db',
      timeZone: 'America/Los_Angeles',
      logLevel: 'info',
      logIds: 'hashed',
      simulate: 'off',
      metrics: 'off',
      slowCall: 1000,
      databaseWriters: 8,
      databaseReaders: 8,
      databaseWait: 5000,
      console: true,
      calls: '1000',
      oidcClaim: 'preferred_username',
      databasePooler: 'off',
      publicUrl: undefined,
      maxBody: 1048576,
      pushSoapVersion: '22_0',
      replyTimeout: 30,
      requestTimeout: 60,
      keepAlive: 75,
      stopTimeout: 10,
      xsiTypes: false,
      validation: 'lenient',
      webhookPrivate: false,
      maxFailedLogins: 20,
      trustedProxies: [],
      tlsCert: undefined,
      tlsKey: undefined,
    });
  });

  test('a flag counts before the environment', () => {
    const environment = { LATCHKEY_PORT: '1000', LATCHKEY_HOST: '::1' };
    expect(readSettings({ port: '2000' }, environment)).toMatchObject({ port: 2000, host: '::1' });
  });

  test('a public URL loses its last slash', () => {
    const environment = { LATCHKEY_PUBLIC_URL: 'https://x.example/api/' };
    expect(readSettings({}, environment).publicUrl).toBe('https://x.example/api');
  });

  test.each([
    ['LATCHKEY_PORT', 'eighty', '"eighty" is not a number from 0 to 65535'],
    ['LATCHKEY_PORT', '65536', '"65536" is not a number from 0 to 65535'],
    ['LATCHKEY_HOST', '', '"" is not an address'],
    ['LATCHKEY_TIME_ZONE', 'Mars/Olympus', '"Mars/Olympus" is not an IANA time zone'],
    ['LATCHKEY_LOG_LEVEL', 'loud', '"loud" is not one of fatal, error'],
    ['LATCHKEY_LOG_IDS', 'On', '"On" is not on, hashed or off'],
    ['LATCHKEY_SLOW_CALL', '1s', '"1s" is not a number of milliseconds from 0 to 3600000'],
    ['LATCHKEY_SLOW_CALL', '3600001', '"3600001" is not a number of milliseconds'],
    ['LATCHKEY_PUBLIC_URL', 'ftp://x', '"ftp://x" is not an http or https URL'],
    [
      'LATCHKEY_PUBLIC_URL',
      'https://x/?a=b',
      '"https://x/?a=b" is not an http or https URL without',
    ],
    ['LATCHKEY_PUBLIC_URL', 'https://x/#', '"https://x/#" is not an http or https URL without'],
    ['LATCHKEY_PUBLIC_URL', 'https://me@x', '"https://me@x" is not an http or https URL without'],
    ['LATCHKEY_MAX_BODY', '-1', '"-1" is not a number of bytes'],
    ['LATCHKEY_KEEP_ALIVE', '0', '"0" is not a number of seconds from 1 to 3600'],
    ['LATCHKEY_XSI_TYPES', 'yes', '"yes" is not on or off'],
    ['LATCHKEY_MAX_FAILED_LOGINS', 'many', '"many" is not a number from 0 to 1000000'],
    ['LATCHKEY_TRUSTED_PROXIES', 'nginx', '"nginx" is not none or addresses'],
    ['LATCHKEY_TRUSTED_PROXIES', '', '"" is not none or addresses'],
    ['LATCHKEY_VALIDATION', 'Strict', '"Strict" is not lenient or strict'],
  ])('%s=%s → a line that names it', (variable, value, message) => {
    const read = () => readSettings({}, { [variable]: value });
    expect(read).toThrow(SettingError);
    expect(read).toThrow(`${variable}: ${message}`);
  });

  test('trusted proxies are addresses, networks and names of networks', () => {
    const environment = { LATCHKEY_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,fd00::1' };
    expect(readSettings({}, environment).trustedProxies).toEqual([
      ...['loopback', '10.0.0.0/8', 'fd00::1'],
    ]);
  });

  test('a bad flag is named as a flag', () => {
    expect(() => readSettings({ timeZone: 'x' }, {})).toThrow('--time-zone: "x" is not');
  });
});
