/** xsd:dateTime in both directions. */
import { createDateTimeFormat } from '../../src/soap/date-time';

const pacific = createDateTimeFormat('America/Los_Angeles');
const iso = (text: string) => {
  const moment = pacific.parse(text);
  return moment === undefined ? undefined : new Date(moment).toISOString();
};

describe('dateTime', () => {
  test.each([
    ['2011-05-13T10:32:23-07:00', '2011-05-13T17:32:23.000Z'],
    ['2011-05-13T10:32:23Z', '2011-05-13T10:32:23.000Z'],
    ['2011-05-13T10:32:23+14:00', '2011-05-12T20:32:23.000Z'],
    ['2011-05-13T10:32:23.5Z', '2011-05-13T10:32:23.500Z'],
    ['2011-05-13T10:32:23.999999999Z', '2011-05-13T10:32:23.999Z'],
    // Without an offset it is local time: UTC-7 in summer, UTC-8 in winter.
    ['2011-05-13T10:32:23', '2011-05-13T17:32:23.000Z'],
    ['2011-12-13T10:32:23', '2011-12-13T18:32:23.000Z'],
    ['2012-02-29T00:00:00Z', '2012-02-29T00:00:00.000Z'],
    ['2012-02-29T24:00:00Z', '2012-03-01T00:00:00.000Z'],
    // .NET's MinValue and MaxValue.
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.9999999-08:00', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => expect(iso(text)).toBe(expected));

  test.each([
    '',
    'now',
    '2011-05-13',
    '2011-05-13 10:32:23',
    '2011-5-13T10:32:23Z',
    '2011-02-29T00:00:00Z',
    '2011-13-01T00:00:00Z',
    '2011-05-13T25:00:00Z',
    '2011-05-13T24:00:01Z',
    '2011-05-13T10:60:00Z',
    '2011-05-13T10:32:23+14:01',
    '2011-05-13T10:32:23+15:00',
    '2011-05-13T10:32:23z',
    '0000-01-01T00:00:00Z',
    '-0044-03-15T00:00:00Z',
  ])('%p is none', (text) => expect(pacific.parse(text)).toBeUndefined());

  test.each([
    ['America/Los_Angeles', '2011-05-13T17:32:23.999Z', '2011-05-13T10:32:23-07:00'],
    ['America/Los_Angeles', '2011-12-13T18:32:23.000Z', '2011-12-13T10:32:23-08:00'],
    // The hour before and the hour after the clocks go back.
    ['America/Los_Angeles', '2024-11-03T08:59:59.000Z', '2024-11-03T01:59:59-07:00'],
    ['America/Los_Angeles', '2024-11-03T09:00:00.000Z', '2024-11-03T01:00:00-08:00'],
    ['UTC', '2011-05-13T17:32:23.000Z', '2011-05-13T17:32:23+00:00'],
    ['Asia/Kolkata', '2011-05-13T17:32:23.000Z', '2011-05-13T23:02:23+05:30'],
    ['Asia/Tokyo', '9999-12-31T23:59:59.000Z', '9999-12-31T23:59:59Z'],
    ['America/Los_Angeles', '0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00Z'],
    ['Europe/Berlin', '1969-12-31T23:59:59.999Z', '1970-01-01T00:59:59+01:00'],
  ])('in %s %s is written %s', (zone, moment, expected) =>
    expect(createDateTimeFormat(zone).format(Date.parse(moment))).toBe(expected),
  );
});
