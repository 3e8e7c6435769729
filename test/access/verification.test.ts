import { hashPassword, THROW_AWAY } from '../../src/access/password';
import { createVerification } from '../../src/access/verification';
import { Busy } from '../../src/base/refusal';

/** One is verified and 128 wait, on two processors; more have two verified. */
const MOST = 130;

test('where no place is left a password that was made for a test is verified all the same', async () => {
  const verify = createVerification({ forgive: () => {} });
  const slow = await hashPassword('right', { N: 2 ** 10, r: 8, p: 1 });
  const quick = await hashPassword('right', THROW_AWAY);
  const others = Promise.allSettled(
    Array.from({ length: MOST }, () => verify('right', slow, '192.0.2.1')),
  );
  const refused = expect(verify('right', slow, '192.0.2.2')).rejects.toThrow(Busy);
  const both = ['right', 'wrong'].map((password) => verify(password, quick, '192.0.2.2'));
  expect(await Promise.all(both)).toEqual([true, false]);
  await refused;
  const done = (await others).filter(({ status }) => status === 'fulfilled');
  expect(done.length).toBeGreaterThanOrEqual(MOST - 1);
});
