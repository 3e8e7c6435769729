/** The versions that are derived from the full one. */
import { join } from 'node:path';
import { Contract, loadContract } from '../../src/contract/contract';
import { deriveVersion, type VersionEntry } from '../../src/contract/derive';
import type { ContractVersion } from '../../src/contract/model';
import type { VersionSpec } from '../../src/contract/version-spec';
import { ROOT } from '../harness/server';

const contract = loadContract(join(ROOT, 'wsdl'));

function version(name: string): ContractVersion {
  const found = contract.findVersion(name);
  if (!found) throw new Error(`no version ${name}`);
  return found;
}

const inputOf = (name: string, operation: string, service = 'Account') =>
  version(name)
    .services.get(service)
    ?.operations.get(operation)
    ?.input.fields.map((field) => field.name);

const fieldsOf = (name: string, type: string) => {
  const found = version(name).types.get(type);
  return found?.kind === 'complex' ? found.fields.map((field) => field.name) : undefined;
};

describe('versions', () => {
  test('all that were in the field, oldest first', () => {
    expect(contract.versions).toEqual([
      ...['3.7', '3.8', '3.9', '4.0', '4.1', '4.2', '4.3'],
      ...Array.from({ length: 22 }, (_, index) => `${index + 5}.0`),
    ]);
  });

  test.each(contract.versions.map((name) => [name]))('%s: its own namespaces', (name) => {
    const { typesNamespace, services } = version(name);
    const base = `http://soap.vindicia.com/v${name.replace('.', '_')}`;
    expect(typesNamespace).toBe(`${base}/Vindicia`);
    const account = services.get('Account');
    expect(account?.namespace).toBe(`${base}/Account`);
    expect(contract.findService(`${base}/Account`)).toBe(account);
    for (const [operation, { soapAction }] of account?.operations ?? []) {
      expect(soapAction).toBe(`${base}/Account#${operation}`);
    }
  });

  test.each(contract.versions.map((name) => [name]))('%s: srd from 13.0 on', (name) => {
    const parts = ['account', 'entitlement', 'merchantEntitlementId', 'note'];
    const srd = Number(name) >= 13 ? ['srd'] : [];
    expect(inputOf(name, 'revokeEntitlement')).toEqual(['auth', ...srd, ...parts]);
  });

  test('what came when', () => {
    const since = (holds: (name: string) => boolean) => contract.versions.find(holds);
    expect(since((name) => inputOf(name, 'fetchCreatedSince') !== undefined)).toBe('12.0');
    expect(since((name) => inputOf(name, 'fetchByExternalId') !== undefined)).toBe('22.0');
    expect(since((name) => fieldsOf(name, 'Account')?.includes('externalId') === true)).toBe(
      '22.0',
    );
    expect(since((name) => fieldsOf(name, 'Account')?.includes('taxType') === true)).toBe('20.0');
    expect(since((name) => fieldsOf(name, 'Entitlement')?.includes('source') === false)).toBe(
      '8.0',
    );
    expect(since((name) => inputOf(name, 'modify', 'AutoBill') !== undefined)).toBe('8.0');
    expect(since((name) => inputOf(name, 'settlementQuote', 'AutoBill') !== undefined)).toBe(
      '20.0',
    );
  });

  test('an operation that only early versions have', () => {
    const having = contract.versions.filter((name) => inputOf(name, 'upgrade', 'AutoBill'));
    expect(having).toEqual(['3.7', '3.8', '3.9', '4.0', '4.1', '4.2', '4.3', '5.0', '6.0', '7.0']);
    const upgrade = version('4.3').services.get('AutoBill')?.operations.get('upgrade');
    expect(upgrade?.soapAction).toBe('http://soap.vindicia.com/v4_3/AutoBill#upgrade');
    expect(upgrade?.output.name).toBe('upgradeResponse');
    expect(upgrade?.output.fields.map(({ name }) => name)).toEqual([
      'return',
      'autobill',
      'netcost',
      'credit',
      'debit',
    ]);
  });

  test('a namespace that is no version or class of it is not found', () => {
    const base = 'http://soap.vindicia.com';
    for (const name of [
      '/v99_0/Account',
      '/v22_0/Nothing',
      '/v22_0',
      '/v22_0/Account/',
      '/v3_6/Account',
    ]) {
      expect(contract.findService(base + name)).toBeUndefined();
    }
  });
});

describe('deriving', () => {
  const field = (name: string) => ({ name, type: 'xsd:string', required: true, repeated: false });
  const basis: VersionSpec = {
    version: '1.0',
    types: new Map([['T', { kind: 'complex', name: 'T', fields: ['a', 'b', 'c'].map(field) }]]),
    services: new Map(),
  };
  const derived = (types: VersionEntry['types']) =>
    deriveVersion({ version: '0.9', basis: '1.0', ...(types && { types }) }, basis, () => basis);
  const names = (types: VersionEntry['types']) => {
    const type = derived(types).types.get('T');
    return type?.kind === 'complex' ? type.fields.map(({ name, type: of }) => `${name} ${of}`) : [];
  };

  test('elements are taken out, put in, replaced where they stand', () => {
    const entry = { type: 'xsd:int' };
    expect(names({ T: { without: ['b'] } })).toEqual(['a xsd:string', 'c xsd:string']);
    expect(names({ T: { with: [{ name: 'd', ...entry, after: 'a' }] } })).toEqual([
      'a xsd:string',
      'd xsd:int',
      'b xsd:string',
      'c xsd:string',
    ]);
    expect(names({ T: { with: [{ name: 'b', ...entry }] } })[1]).toBe('b xsd:int');
    expect(names({ T: { with: [{ name: 'd', ...entry }] } })[0]).toBe('d xsd:int');
  });

  test.each([
    [{ T: { without: ['x'] } }, 'T has no element x'],
    [{ T: { with: [{ name: 'd', type: 'xsd:int', after: 'x' }] } }, 'T has no element x'],
  ])('%j → an error that names it', (types, message) => {
    expect(() => derived(types)).toThrow(message);
  });

  test('an operation that neither the basis nor the entry describes stops the start', () => {
    const services = new Map([['S', { name: 'S', operations: new Map() }]]);
    const entry = { version: '0.9', basis: '1.0', services: { S: { gone: {} } } };
    const derive = () => deriveVersion(entry, { ...basis, services }, () => basis);
    expect(derive).toThrow('the basis has no S.gone');
  });

  test('an entry whose basis is missing stops the start', () => {
    const entries = [{ version: '0.9', basis: '0.8' }];
    const broken = new Contract(basis, entries, '1.0');
    expect(() => broken.findVersion('0.9')).toThrow('versions.json has no entry 0.8');
  });
});
