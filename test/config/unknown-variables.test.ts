/** A variable with a slip in its name is named, with the nearest setting, and its value is not shown. */
import { SETTINGS } from '../../src/config/settings';
import { describeUnknownVariables } from '../../src/config/unknown-variables';
import { startServerProcess } from '../harness/server-process';

const LINE = 'LATCHKEY_MAX_BODDY is no setting, and not read; did you mean LATCHKEY_MAX_BODY?';

test('an unknown variable is named with the nearest', () => {
  expect(describeUnknownVariables({ LATCHKEY_MAX_BODDY: 'secret', PATH: '/bin' })).toEqual([LINE]);
});

test('every setting is known, and so is the password of calls', () => {
  const names = [...Object.values(SETTINGS).map(({ variable }) => variable), 'LATCHKEY_PASSWORD'];
  expect(describeUnknownVariables(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual(
    [],
  );
});

test('a server that starts says so, and starts', async () => {
  const server = await startServerProcess(':memory:', {
    LATCHKEY_MAX_BODDY: '1',
  });
  await server.end('SIGTERM');
  expect(server.lines).toContain(`latchkey: ${LINE}`);
});
