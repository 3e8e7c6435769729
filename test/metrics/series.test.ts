/** The number of series is bounded, and none has a word of a stranger. */
import { OPERATIONS } from '../../src/cashbox/operations';
import { callService } from '../harness/soap-call';
import { DEMO, startMeasured } from './measured';

/** Nothing that the program says itself. */
const STRANGER = 'stranger';

/** Operations of some classes of the contract, and of none. */
const NOT_CARRIED_OUT = ['addPaymentMethod', 'fetchByWebSessionVid', 'nothing'];

const namesOf = (text: string) => text.split('\n').filter((line) => line.startsWith('latchkey_'));

test('a flood of unknown operations, versions, logins and paths adds a few series', async () => {
  const server = await startMeasured({ maxFailedLogins: '0' });
  const { url, rest } = server;
  const soap = (namespace: string, operation: string, login: string) =>
    fetch(`${url}/soap.pl`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', 'X-Forwarded-For': `${STRANGER}${login}` },
      body:
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
        `<v:${operation} xmlns:v="${namespace}"><auth><login>${STRANGER}${login}</login>` +
        `<password>x</password></auth></v:${operation}></e:Body></e:Envelope>`,
    });
  for (let number = 0; number < 100; number += 1) {
    const login = String(number);
    await soap('http://soap.vindicia.com/v22_0/Account', `${STRANGER}${number}`, login);
    await soap(`http://soap.vindicia.com/v${number}_7/Account`, 'update', login);
    await soap(`http://soap.vindicia.com/v22_0/${STRANGER}${number}`, 'update', login);
    // A password that is verified takes its time.
    if (number % 25 === 0) await soap('http://soap.vindicia.com/v22_0/Account', 'update', login);
    await rest(`/v1/${STRANGER}/${number}`);
    await rest(`/v1/orders/${STRANGER}${number}`);
    await rest('/v1/offers', {
      method: 'OPTIONS',
      headers: { 'X-API-KEY': `${STRANGER}${number}` },
    });
    await rest('/v1/offers', { headers: { 'X-API-KEY': `${STRANGER}${number}` } });
  }
  const text = await server.text();
  expect(text).not.toContain(STRANGER);
  const calls = namesOf(text).filter((line) => line.startsWith('latchkey_calls_total{'));
  // Two kinds of Fault and a refused login by SOAP, four ends by REST.
  expect(calls.length).toBeLessThanOrEqual(8);
  await server.stop();
});

test('every operation has its series, and one more for all that are not carried out', async () => {
  const server = await startMeasured();
  for (const [service, handlers] of Object.entries(OPERATIONS)) {
    for (const operation of [...Object.keys(handlers), ...NOT_CARRIED_OUT]) {
      await callService(service, server.url, operation, '', DEMO);
    }
  }
  const count = Object.values(OPERATIONS).flatMap((handlers) => Object.keys(handlers)).length;
  const names = namesOf(await server.text());
  const durations = 'latchkey_call_duration_seconds_count{api="soap"';
  expect(names.filter((line) => line.startsWith(durations))).toHaveLength(count + 1);
  // Each was called once; what is not carried out may be refused in two ways.
  const calls = names.filter((line) => line.startsWith('latchkey_calls_total{'));
  expect(calls.length).toBeLessThanOrEqual(count + 2);
  await server.stop();
});
