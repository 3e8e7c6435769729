/**
 * Random values of every complexType, in every family of versions: encoded,
 * judged by xmllint, decoded, compared. `ROUND_TRIP_SEED=1 npx jest round-trip` tries others.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import type { ComplexType, ContractVersion, Operation } from '../../src/contract/model';
import { SCHEMA_FILE, XSD } from '../../src/contract/namespaces';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { decodeFields } from '../../src/soap/decode';
import { createEncoder } from '../../src/soap/encode';
import { parseXml } from '../../src/soap/parser';
import { isInstalled, testWith } from '../clients/scenario';
import { lintAll } from '../contract/xmllint';
import { ROOT, startTestServer } from '../harness/server';
import { Random, randomObject } from './random-value';

const SEED = process.env.ROUND_TRIP_SEED ?? '2024';
const FAMILIES = ['4.3', '8.0', '12.0', '13.0', '20.0', '22.0'];
const VALUES = 8;
const NAMESPACE = 'urn:round-trip';

const contract = loadContract(join(ROOT, 'wsdl'));
const codec = {
  dateTime: createDateTimeFormat('America/Los_Angeles'),
  ignoredTypes: new Set<string>(),
  absentValues: new Map(),
};

const testValid = testWith(isInstalled(['xmllint', '--version']), 'libxml2-utils');

function versionOf(name: string): ContractVersion {
  const version = contract.findVersion(name);
  if (!version) throw new Error(`no version ${name}`);
  return version;
}

/** Every complexType of the version. */
function typesOf({ types }: ContractVersion): ComplexType[] {
  return [...types.values()].filter((type) => type.kind === 'complex');
}

/** A message of nothing but values of that type. */
function operationOf(version: ContractVersion, type: ComplexType): Operation {
  const field = { name: 'value', type, required: true, repeated: true };
  const message: ComplexType = {
    kind: 'complex',
    name: type.name,
    fields: [field],
    fieldsByName: new Map([['value', field]]),
  };
  return {
    name: type.name,
    service: 'Test',
    namespace: NAMESPACE,
    soapAction: '',
    version,
    input: message,
    output: message,
  };
}

function valuesOf(version: ContractVersion, type: ComplexType) {
  const random = new Random(`${SEED} ${version.version} ${type.name}`);
  return Array.from({ length: VALUES }, () => randomObject(type, random));
}

function encode(version: ContractVersion, type: ComplexType, xsiTypes: boolean): string {
  const value = valuesOf(version, type);
  return createEncoder({ ...codec, xsiTypes })(operationOf(version, type), { value }, 'all');
}

/** A schema of those messages, beside the one of the version's types that it imports. */
function messageSchema({ typesNamespace }: ContractVersion, types: readonly ComplexType[]): string {
  const elements = types.map(
    ({ name }) =>
      `<x:element name="${name}"><x:complexType><x:sequence>` +
      `<x:element name="value" type="vin:${name}" maxOccurs="unbounded"/>` +
      '</x:sequence></x:complexType></x:element>',
  );
  return (
    `<x:schema xmlns:x="${XSD}" xmlns:vin="${typesNamespace}" targetNamespace="${NAMESPACE}">` +
    `<x:import namespace="${typesNamespace}" schemaLocation="${SCHEMA_FILE}"/>` +
    `${elements.join('')}</x:schema>`
  );
}

/** Without what is empty: an empty object counts as an absent one. */
function withoutEmpty<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter(isFilled) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, withoutEmpty(part)] as const);
  return Object.fromEntries(entries.filter(([, part]) => isFilled(part))) as T;
}

function isFilled(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0;
}

describe.each(FAMILIES.map((name) => [name]))(`%s, seed ${SEED}`, (name) => {
  const version = versionOf(name);
  const types = typesOf(version);

  test.each(types.map((type) => [type.name, type] as const))(
    '%s: decoding restores the encoded value',
    (_name, type) => {
      for (const xsiTypes of [false, true]) {
        const { children } = parseXml(encode(version, type, xsiTypes));
        const decoded = decodeFields(children, operationOf(version, type).input, codec);
        expect(withoutEmpty(decoded)).toEqual(withoutEmpty({ value: valuesOf(version, type) }));
      }
    },
  );

  testValid('what is encoded is valid by the served schema', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-round-trip-'));
    const server = await startTestServer();
    try {
      const served = await fetch(`${server.url}/${name}/${SCHEMA_FILE}`);
      const schema = join(folder, 'messages.xsd');
      writeFileSync(join(folder, SCHEMA_FILE), await served.text());
      writeFileSync(schema, messageSchema(version, types));
      const messages = types.flatMap((type) => [
        encode(version, type, false),
        encode(version, type, true),
      ]);
      expect(messages.length).toBeGreaterThan(40);
      expect((await lintAll(schema, messages)).filter((finding) => finding !== '')).toEqual([]);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
