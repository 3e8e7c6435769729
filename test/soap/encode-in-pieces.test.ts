/** A response that is written in pieces is what the encoder would write, and no piece holds more than a page. */
import { join } from 'node:path';
import { PAGE, Pages, slicesOf } from '../../src/base/pages';
import { loadContract } from '../../src/contract/contract';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { encodeBy, TooLong, Writers } from '../../src/soap/encode';
import { encodeInPieces } from '../../src/soap/encode-in-pieces';
import { parseSrd } from '../../src/soap/srd';
import { ROOT } from '../harness/server';

const version = loadContract(join(ROOT, 'wsdl')).findVersion('22.0');
const operation = (service: string, name: string) => {
  const found = version?.services.get(service)?.operations.get(name);
  if (!found) throw new Error(`no ${service}.${name}`);
  return found;
};

const frame = { start: '(', end: ')' };
const account = { VID: 'v', merchantAccountId: 'alan', name: 'A & B' };
const entitlement = (number: number) => ({
  merchantEntitlementId: `id-${number}`,
  description: '<x>',
  startTimestamp: 0,
  active: true,
  account,
});
const many = (count: number) => Array.from({ length: count }, (_, n) => entitlement(n));

/** A list as handlers give one that is read while the reply is written. */
function paged<T>(list: readonly T[]): Pages<T> {
  return new Pages(
    list.slice(0, 1),
    slicesOf(list.slice(1), () => undefined),
  );
}

async function pieces(writers: Writers, response: Parameters<typeof encodeInPieces>[1]) {
  const written: string[] = [];
  await encodeInPieces(writers, response, {
    frame,
    write: (text) => Promise.resolve(void written.push(text)),
  });
  return written;
}

describe.each([false, true])('with xsi:type: %s', (xsiTypes) => {
  const writers = new Writers({ dateTime: createDateTimeFormat('UTC'), xsiTypes });
  const selection = 'all' as const;

  test.each([
    ['a short list', 'Entitlement', 'fetchByAccount', many(9), (list: unknown[]) => list],
    ['a list that is read', 'Entitlement', 'fetchByAccount', many(900), paged],
    ['objects with such lists', 'Account', 'fetchByEmail', many(9), paged],
  ] as const)('%s', async (_, service, name, list, asGiven) => {
    const result = { returnCode: 200, returnString: 'OK', soapId: 's' };
    const outputOf = (entitlements: unknown) =>
      service === 'Account'
        ? { return: result, accounts: [account, { ...account, entitlements }, account] }
        : { return: result, entitlements };
    const whole = encodeBy(writers)(operation(service, name), outputOf(list), selection);
    const response = { operation: operation(service, name), selection };
    const output = outputOf(asGiven(list as never));
    const written = await pieces(writers, { ...response, output });
    expect(written.join('')).toBe(`(${whole})`);
  });

  test('a long array: by itself it is refused, in pieces none has more than a page', async () => {
    const output = { entitlements: many(3 * PAGE + 5 + 1000) };
    const fetch = operation('Entitlement', 'fetchByAccount');
    expect(() => encodeBy(writers)(fetch, output, selection)).toThrow(TooLong);
    const written = await pieces(writers, { operation: fetch, output, selection });
    const counts = written.map((piece) => piece.split('<entitlements').length - 1);
    expect(Math.max(...counts)).toBe(PAGE);
    expect(counts.reduce((sum, count) => sum + count)).toBe(output.entitlements.length);
  });

  test('many objects with lists that are short each: a piece has two pages of items at most', async () => {
    const entitlements = many(100);
    const output = { accounts: Array.from({ length: 30 }, () => ({ ...account, entitlements })) };
    const fetch = operation('Account', 'fetchByEmail');
    const written = await pieces(writers, { operation: fetch, output, selection });
    const counts = written.map((piece) => piece.split('<merchantEntitlementId').length - 1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(2 * PAGE + 100);
    expect(counts.reduce((sum, count) => sum + count)).toBe(3000);
  });

  test('only what the srd selects', async () => {
    const wanted = parseSrd('{"entitlements":[{"description":""}]}');
    const fetch = operation('Entitlement', 'fetchByAccount');
    const whole = encodeBy(writers)(fetch, { entitlements: many(9) }, wanted);
    const output = { entitlements: paged(many(9)) };
    const written = await pieces(writers, { operation: fetch, output, selection: wanted });
    expect(written.join('')).toBe(`(${whole})`);
  });
});
