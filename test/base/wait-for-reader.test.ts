/** A compressed answer hands the listeners of `drain` to the compressing stream, and cannot take one back. */
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { waitForReader } from '../../src/base/wait-for-reader';
import { ManualTime } from '../background/manual-time';

const LIMIT = 1000;

/** As `compression` changes a response. */
class Compressed extends EventEmitter {
  readonly stream = new EventEmitter();
  destroyed = false;
  override on(type: string, listener: () => void): this {
    return type === 'drain' ? (this.stream.on(type, listener) as this) : super.on(type, listener);
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

test('however often it is waited, one listener of each event is added; a closed one ends the wait', async () => {
  const compressed = new Compressed();
  const response = compressed as unknown as ServerResponse;
  const time = new ManualTime();
  for (let piece = 0; piece < 20; piece += 1) {
    const read = waitForReader(response, time, LIMIT);
    compressed.stream.emit('drain');
    expect(await read).toBe(true);
  }
  expect(compressed.stream.listenerCount('drain')).toBe(1);
  expect(compressed.listenerCount('close')).toBe(1);
  const read = waitForReader(response, time, LIMIT);
  compressed.destroy();
  expect(await read).toBe(false);
});

test('after the limit the connection is closed', async () => {
  const compressed = new Compressed();
  const time = new ManualTime();
  const read = waitForReader(compressed as unknown as ServerResponse, time, LIMIT);
  await time.pass(LIMIT);
  expect(await read).toBe(false);
  expect(compressed.destroyed).toBe(true);
});
