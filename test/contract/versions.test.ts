/** The versions that are derived from the full one. */
import { join } from 'node:path';
import { Contract, loadContract } from '../../src/contract/contract';
import {
  deriveVersion,
  type ServiceDifference,
  type VersionEntry,
} from '../../src/contract/derive';
import type { ContractVersion, Type } from '../../src/contract/model';
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
      ...Array.from({ length: 23 }, (_, index) => `${index + 5}.0`),
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

  test.each(contract.versions.map((name) => [name]))(
    '%s: every class can be linked, and every type is one that a message holds',
    (name) => {
      const { services, types } = version(name);
      const reached = new Set<Type>();
      const visit = (type: Type): void => {
        if (reached.has(type)) return;
        reached.add(type);
        if (type.kind === 'complex') type.fields.forEach((field) => visit(field.type));
      };
      for (const { operations } of services.values()) {
        for (const { input, output } of operations.values()) [input, output].forEach(visit);
      }
      const unused = [...types.values()].filter((type) => !reached.has(type));
      expect(unused.map((type) => type.name)).toEqual([]);
    },
  );

  /** The first and the last version for which something holds; it holds for all between. */
  const span = (holds: (name: string) => boolean) => {
    const having = contract.versions.filter(holds);
    const first = contract.versions.indexOf(having[0] ?? '');
    expect(contract.versions.slice(first, first + having.length)).toEqual(having);
    return [having[0], having.at(-1)];
  };

  test.each([
    ['AutoBill.futureRebills', '3.7', '3.9'],
    ['AutoBill.fetchFutureRebills', '4.0', '27.0'],
    ['AutoBill.addCampaign', '3.8', '27.0'],
    ['AutoBill.addCampaignToProduct', '3.8', '4.0'],
    ['Campaign.createCampaign', '3.8', '27.0'],
    ['Account.fetchAllCreditHistory', '3.9', '27.0'],
    ['NameValuePair.fetchNameValueNames', '3.9', '27.0'],
    ['RatePlan.recordEvent', '4.0', '27.0'],
    ['RatePlan.fetchAll', '4.1', '27.0'],
    ['PaymentProvider.dataRequest', '4.0', '27.0'],
    ['PaymentProvider.fetchByVid', '3.7', '3.9'],
    ['Transaction.finalizeBokuAuthCapture', '4.0', '15.0'],
    ['AutoBill.fetchAllInSeason', '4.1', '27.0'],
    ['AutoBill.upgrade', '3.7', '4.3'],
    ['AutoBill.addProduct', '3.7', '4.3'],
    ['AutoBill.modify', '5.0', '27.0'],
    ['AutoBill.migrate', '5.0', '27.0'],
    ['Account.fetchCreatedSince', '12.0', '27.0'],
    ['AutoBill.fetchBillingItemHistory', '13.0', '27.0'],
    ['AutoBill.fetchAllCancelReason', '14.0', '27.0'],
    ['SeasonSet.isInSeason', '16.0', '27.0'],
    ['AutoBill.settlementQuote', '19.0', '27.0'],
    ['Account.fetchByExternalId', '22.0', '27.0'],
    ['AutoBill.activate', '25.0', '27.0'],
    ['EmailTemplate.update', '3.7', '27.0'],
  ])('%s: from %s to %s', (qualified, first, last) => {
    const [service, operation = ''] = qualified.split('.');
    expect(span((name) => inputOf(name, operation, service) !== undefined)).toEqual([first, last]);
  });

  test.each([
    ['Account', 'externalId', '22.0', '27.0'],
    ['Account', 'parentMerchantAccountId', '11.0', '27.0'],
    ['Account', 'defaultCurrency', '14.0', '27.0'],
    ['Account', 'taxType', '16.0', '27.0'],
    ['AutoBill', 'billingPlanHistory', '5.0', '15.0'],
    ['AutoBill', 'billingState', '16.0', '27.0'],
    ['AutoBill', 'billingRule', '18.0', '27.0'],
    ['AutoBill', 'cancelReason', '14.0', '27.0'],
    ['AutoBill', 'unknownStart', '25.0', '27.0'],
    ['AutoBillItem', 'priceBasis', '3.7', '4.3'],
    ['AutoBillItem', 'addedDate', '5.0', '27.0'],
    ['AutoBillItem', 'quantity', '10.0', '27.0'],
    ['AutoBillItemModification', 'editAutoBillItem', '10.0', '27.0'],
    ['Entitlement', 'source', '3.7', '4.3'],
    ['PaymentMethod', 'applePay', '16.0', '27.0'],
    ['Refund', 'status', '13.0', '27.0'],
    ['TransactionItem', 'itemType', '13.0', '27.0'],
  ])('%s.%s: from %s to %s', (type, field, first, last) => {
    expect(span((name) => fieldsOf(name, type)?.includes(field) === true)).toEqual([first, last]);
  });

  test.each([
    ['AutoBillStatus', 'Upgraded', '3.7', '27.0'],
    ['AutoBillStatus', 'Pending Cancel', '16.0', '27.0'],
    ['AutoBillEventType', 'STATUS_CHANGE', '18.0', '27.0'],
    ['ImmediateAuthFailurePolicy', 'doNotSaveAutoBill', '9.0', '27.0'],
    ['InitialAuthStrategy', 'AuthImminentBilling', '21.0', '27.0'],
    ['UpdateScope', 'AllDue', '21.0', '27.0'],
    ['ReturnCode', '501', '3.7', '27.0'],
  ])('%s %s: from %s to %s', (type, value, first, last) => {
    const has = (name: string) => {
      const found = version(name).types.get(type);
      return found?.kind === 'simple' && found.values.has(value);
    };
    expect(span(has)).toEqual([first, last]);
  });

  const TO_DRYRUN =
    'minChargebackProbability ignoreAvsPolicy ignoreCvnPolicy campaignCode dryrun'.split(' ');
  const NOT_SAVED = ['immediateAuthFailurePolicy', 'validateForFuturePayment'];

  test.each([
    ['3.7', '8.0', 'update', ['duplicateBehavior', 'validatePaymentMethod', ...TO_DRYRUN]],
    ['9.0', '14.0', 'update', [...NOT_SAVED, ...TO_DRYRUN]],
    ['15.0', '20.0', 'update', [...NOT_SAVED, ...TO_DRYRUN, 'cancelReasonCode']],
    ['21.0', '27.0', 'update', [...NOT_SAVED, ...TO_DRYRUN, 'cancelReasonCode', 'initialAuth']],
    ['3.7', '5.0', 'cancel', ['disentitle', 'force', 'settle']],
    ['6.0', '13.0', 'cancel', ['disentitle', 'force', 'settle', 'sendCancellationNotice']],
    [
      ...['14.0', '27.0', 'cancel'],
      ['disentitle', 'force', 'settle', 'sendCancellationNotice', 'cancelReasonCode'],
    ],
    ['3.7', '15.0', 'fetchByAccount', ['includeChildren']],
  ] as Array<[string, string, string, string[]]>)(
    'from %s to %s AutoBill.%s takes %j, in that order',
    (first, last, operation, parts) => {
      const takes = (name: string) =>
        inputOf(name, operation, 'AutoBill')?.filter(
          (part) => !['auth', 'srd', 'autobill', 'account'].includes(part),
        );
      const same = (name: string) => JSON.stringify(takes(name)) === JSON.stringify(parts);
      expect(span(same)).toEqual([first, last]);
    },
  );

  test('an operation that only early versions have', () => {
    const having = contract.versions.filter((name) => inputOf(name, 'upgrade', 'AutoBill'));
    expect(having).toEqual(['3.7', '3.8', '3.9', '4.0', '4.1', '4.2', '4.3']);
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
    deriveVersion('0.9', { basis: '1.0', ...(types && { types }) }, () => basis);
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

  test('what is taken over from another version, and changed further', () => {
    const other: VersionSpec = {
      ...basis,
      version: '2.0',
      types: new Map([['T', { kind: 'complex', name: 'T', fields: ['x', 'y'].map(field) }]]),
    };
    const find = (name: string) => (name === '2.0' ? other : basis);
    const types = { T: { from: '2.0', without: ['x'] } };
    const taken = deriveVersion('0.9', { basis: '1.0', types }, find).types.get('T');
    expect(taken).toMatchObject({ fields: [{ name: 'y' }] });
  });

  const services = new Map([['S', { name: 'S', operations: new Map() }]]);
  const withS = { ...basis, services };
  const S = (entry: ServiceDifference) => () =>
    deriveVersion('0.9', { basis: '1.0', services: { S: entry } }, () => withS).services.get('S');

  test.each([
    ['changes', S({ gone: {} }), 'the basis has no S.gone'],
    ['takes out', S({ gone: null }), 'the basis has no S.gone'],
    ['takes over', S({ gone: { from: '2.0' } }), '2.0 has no S.gone'],
    ['takes out a type', () => derived({ U: null }), '1.0 has no type U'],
    ['takes over a type', () => derived({ U: { from: '2.0' } }), '2.0 has no type U'],
  ])('an entry that %s what is not there → an error that names it', (_title, derive, message) => {
    expect(derive).toThrow(message);
  });

  test('a class is derived when it is asked for, and may be taken out', () => {
    const entry = { basis: '1.0', services: { S: null } };
    expect(deriveVersion('0.9', entry, () => withS).services.has('S')).toBe(false);
    const broken = S({ gone: {} });
    expect(broken).toThrow('the basis has no S.gone');
    const listed = deriveVersion(
      '0.9',
      { basis: '1.0', services: { S: { gone: {} } } },
      () => withS,
    );
    expect([...listed.services.keys()]).toEqual(['S']);
  });

  test('an entry whose basis is missing → an error that names it', () => {
    const broken = new Contract('1.0', () => basis, new Map([['0.9', { basis: '0.8' }]]));
    expect(() => broken.findVersion('0.9')).toThrow('there is no version 0.8');
  });
});
