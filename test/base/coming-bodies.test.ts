/** Room for long bodies: one that has ended while it waited takes none. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { ComingBodies, SHORT_BODY } from '../../src/base/coming-bodies';

class Request extends EventEmitter {
  readonly headers = {};
  isPaused = false;
  pause = () => (this.isPaused = true);
  resume = () => (this.isPaused = false);
}

const MB = 2 ** 20;
const LONG = Buffer.alloc(SHORT_BODY + 1);

test('there is room for two where one may be very long; one that has ended leaves its turn to the next', async () => {
  const bodies = new ComingBodies(1024 * MB, { after: () => () => undefined });
  const begin = async () => {
    const request = new Request();
    const watched = request as unknown as IncomingMessage;
    const end = bodies.watch(watched, 'a', () => undefined);
    request.emit('data', LONG);
    await new Promise(setImmediate);
    return { request, end };
  };
  const [first, second, third, fourth] = [
    await begin(),
    await begin(),
    await begin(),
    await begin(),
  ];
  const paused = () => [first, second, third, fourth].map(({ request }) => request.isPaused);
  expect(paused()).toEqual([false, false, true, true]);
  third.end();
  first.end();
  await new Promise(setImmediate);
  expect(paused()).toEqual([false, false, false, false]);
  const fifth = await begin();
  expect(fifth.request.isPaused).toBe(true);
});
