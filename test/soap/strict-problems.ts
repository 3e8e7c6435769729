/** Strict validation of small requests, for the tests of its messages. */
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { findOperation } from '../../src/soap/find-operation';
import { readEnvelope } from '../../src/soap/read-envelope';
import { findProblems } from '../../src/soap/validate';
import { ROOT } from '../harness/server';

const contract = loadContract(join(ROOT, 'wsdl'));
const options = {
  dateTime: createDateTimeFormat('UTC'),
  ignoredTypes: new Set(['PaymentMethod']),
  absentValues: new Map(),
};

const PREFIXES =
  'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema" ' +
  'xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:a="http://xml.apache.org/xml-soap" ' +
  'xmlns:vin="http://soap.vindicia.com/v22_0/Vindicia"';
export const NAMESPACE = 'http://soap.vindicia.com/v22_0/Account';

/** The findings of strict validation about a request with that body, read as an update where unnamed. */
export function problemsOfBody(body: string, attributes = ''): readonly string[] {
  const received = readEnvelope(
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ${PREFIXES} ${attributes}>` +
      `<e:Body>${body}</e:Body></e:Envelope>`,
  );
  const { operation } = findOperation(contract, received, `"${NAMESPACE}#update"`);
  return findProblems(received, operation, options).sentences;
}

export const AUTH = '<auth><version>22.0</version><login>l</login><password>p</password></auth>';

/** The message of an update; `before` stands before the account, `on` are its attributes. */
export function update(
  account: string,
  { before = `${AUTH}<srd/>`, on = '', version = 'v22_0' } = {},
) {
  return (
    `<v:update xmlns:v="http://soap.vindicia.com/${version}/Account">` +
    `${before}<account${on}>${account}</account></v:update>`
  );
}

/** The findings of strict validation about such an update. */
export const problemsOf = (...given: Parameters<typeof update>) => problemsOfBody(update(...given));
