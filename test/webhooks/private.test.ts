/** Addresses: which are private, and that a name is judged by the address that it leads to when a connection is made. */
import { SYSTEM_TIME } from '../../src/base/time';
import { faultOfUrl, isPrivateAddress } from '../../src/webhooks/addresses';
import { createTransport } from '../../src/webhooks/transport';
import { Receiver } from './receiver';

test.each([
  ...['127.0.0.1', '127.255.255.255', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
  ...['169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1'],
  ...['::', '::1', '::ffff:8.8.8.8', '::ffff:127.0.0.1', '::7f00:1', 'fc00::1', 'fdff::1'],
  ...['fe80::1', 'febf::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::'],
])('%s is none of the public internet', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00::1'])(
  '%s is public',
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);

test('a name is judged by the address that it leads to', async () => {
  const receiver = await new Receiver().start();
  const transport = createTransport(SYSTEM_TIME);
  const { port } = new URL(receiver.url);
  const outgoing = { headers: {}, body: '{}' };
  const { signal } = new AbortController();
  const send = (url: string, allowed: boolean) =>
    transport.send({ url, private: allowed }, outgoing, signal);
  // A name of the public kind that leads to this machine.
  expect(await send(`http://localhost:${port}/`, false)).toMatchObject({
    status: undefined,
    failure: 'http is for private addresses only',
  });
  expect(await send(`https://localhost:${port}/`, false)).toMatchObject({
    failure: 'its host has a private address',
  });
  expect(await send(`https://127.0.0.1:${port}/`, false)).toMatchObject({
    failure: 'its host has a private address',
  });
  expect(receiver.received).toEqual([]);
  expect(await send(`http://localhost:${port}/`, true)).toMatchObject({ status: 204 });
  transport.close();
  await receiver.stop();
});

test('a URL is refused as soon as it shows', () => {
  expect(faultOfUrl({ url: 'https://shop.example.com/', private: false })).toBeUndefined();
  expect(faultOfUrl({ url: 'https://10.0.0.1/', private: true })).toBeUndefined();
  expect(faultOfUrl({ url: `https://a/${'b'.repeat(2000)}`, private: true })).toContain('2000');
});
