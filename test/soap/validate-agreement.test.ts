/**
 * Strict validation says what xmllint says, an implementation of XML Schema that isn't ours: random
 * valid requests of every operation, and the same ones broken in one or two places.
 * `ROUND_TRIP_SEED=1 npx jest validate-agreement` tries others.
 */
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import type { Operation } from '../../src/contract/model';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { createEncoder } from '../../src/soap/encode';
import { parseXml } from '../../src/soap/parser';
import { findProblems } from '../../src/soap/validate';
import { isInstalled, testWith } from '../clients/scenario';
import { readServedSchema } from '../contract/served-schema';
import { lintAll } from '../contract/xmllint';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import { breakRequest } from './break-request';
import { Random, randomObject } from './random-value';

const SEED = process.env.ROUND_TRIP_SEED ?? '2024';
const FAMILIES = ['4.3', '8.0', '12.0', '13.0', '20.0', '22.0'];
/** Of each valid request. */
const BROKEN = 6;

const contract = loadContract(join(ROOT, 'wsdl'));
const options = {
  dateTime: createDateTimeFormat('America/Los_Angeles'),
  ignoredTypes: new Set<string>(),
  absentValues: new Map(),
};

const testValid = testWith(isInstalled(['xmllint', '--version']), 'libxml2-utils');

function operationsOf(name: string, service: string): Operation[] {
  const found = contract.findVersion(name)?.services.get(service);
  return [...(found?.operations.values() ?? [])];
}

function requestOf(operation: Operation, random: Random): string {
  const message = { ...operation, output: operation.input };
  const value = randomObject(operation.input, random, 1);
  return createEncoder({ ...options, xsiTypes: random.next() < 0.3 })(message, value, 'all');
}

function problemsOf(operation: Operation, message: string): readonly string[] {
  const root = parseXml(`<Envelope><Body>${message}</Body></Envelope>`);
  const body = root.children[0]?.children ?? [];
  return findProblems({ soap: '1.1', root, body }, operation, options).sentences;
}

const servicesOf = (name: string) => [...(contract.findVersion(name)?.services.keys() ?? [])];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

describe.each(
  FAMILIES.flatMap((name) => servicesOf(name).map((service) => [service, name] as const)),
)(`%s %s, seed ${SEED}`, (service, name) => {
  testValid('what is valid and what is not', async () => {
    const random = new Random(`${SEED} ${name}`);
    const requests = operationsOf(name, service).flatMap((operation) => {
      const valid = requestOf(operation, random);
      const broken = Array.from({ length: BROKEN }, () => breakRequest(valid, operation, random));
      return [valid, ...broken].map((message) => ({ operation, message }));
    });
    const schema = await readServedSchema(`${server.url}/${name}/${service}.wsdl`);
    const findings = await lintAll(
      schema.file,
      requests.map(({ message }) => message),
    );
    schema.remove();
    const verdicts = requests.map(({ operation, message }, index) => {
      const problems = problemsOf(operation, message);
      return { problems, finding: findings[index] ?? '', message };
    });
    const disagreed = verdicts.filter(
      ({ problems, finding }) => (problems.length === 0) !== (finding === ''),
    );
    expect(disagreed).toEqual([]);
    const valid = verdicts.filter(({ finding }) => finding === '').length;
    expect(valid / requests.length).toBeGreaterThanOrEqual(1 / (BROKEN + 1));
    // A class of one or two operations has few requests: chance weighs more there.
    expect(valid / requests.length).toBeLessThan(requests.length > 50 ? 1 / 2 : 3 / 4);
  });
});
