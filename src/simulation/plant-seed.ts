/** Fills a merchant's data from a seed, by the operations that clients call. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toIso } from '../base/iso';
import { PACKAGE_ROOT } from '../base/package';
import { Refusal } from '../base/refusal';
import { Spent } from '../base/spent';
import type { ComplexType, Operation } from '../contract/model';
import { addOffer } from '../orders/change-offer';
import { grantOffer } from '../orders/grant-offer';
import { ApiError, badRequest } from '../rest/api-error';
import { readAuthentication } from '../soap/read-input';
import type { Merchant, UnitOfWork } from '../store/store';
import type { ControlTools } from './context';
import { toElement } from './json-message';
import { ACCOUNT, KINDS, type Seed } from './seed';

/**
 * Carries out a seed, one object after another; each is a unit of work of its own.
 * @throws ApiError that names the object by its path; the objects before it are there then
 */
export async function plantSeed(
  tools: ControlTools,
  merchant: Merchant,
  seed: Seed,
): Promise<void> {
  for (const part of seed.demo ? [readDemo(), seed] : [seed]) {
    for (const kind of KINDS) {
      const objects = part[kind.list] ?? [];
      for (const [index, object] of objects.entries()) {
        const path = `${kind.list}[${index}]`;
        await naming(path, () => save(tools, merchant, { ...kind, object, path }));
      }
    }
    await plantOrders(tools, merchant, part);
  }
}

interface SeedObject {
  readonly service: string;
  readonly operation: string;
  /** The part of its message that the object is. */
  readonly part: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly path: string;
}

async function save(tools: ControlTools, merchant: Merchant, one: SeedObject): Promise<void> {
  const { contract, codec, findHandler, newId } = tools;
  const operation = contract.newest.services.get(one.service)?.operations.get(one.operation);
  const handler = operation && findHandler(operation);
  if (!operation || !handler) throw new Error(`${one.service}.${one.operation} is missing`);
  const parts = partsOf(operation, one, codec);
  const input = readAuthentication(operation, { parts, body: [] }, codec).input(handler);
  const spent = new Spent();
  await handler({ caller: merchant, soapId: newId(), input, selection: new Map(), spent });
}

function partsOf(
  { input }: Operation,
  { part, object, path }: SeedObject,
  codec: ControlTools['codec'],
) {
  const typeOf = (name: string) => input.fieldsByName.get(name)?.type as ComplexType;
  if (part !== 'entitlement') return [toElement(part, object, typeOf(part), path, codec)];
  const { [ACCOUNT]: account, ...entitlement } = object;
  if (account === undefined) throw badRequest(`${path}.${ACCOUNT} is missing`);
  return [
    toElement(ACCOUNT, account, typeOf(ACCOUNT), `${path}.${ACCOUNT}`, codec),
    toElement(part, entitlement, typeOf(part), path, codec),
  ];
}

async function plantOrders(
  { store, newId, timeZone }: ControlTools,
  { id, login: actor }: Merchant,
  { offers = [], orders = [] }: Seed,
): Promise<void> {
  const change = (
    work: (unit: UnitOfWork, by: Parameters<typeof addOffer>[1]) => Promise<unknown>,
  ) =>
    store.transact(id, (unit) =>
      work(unit, { actor, callId: undefined, now: unit.now(), timeZone, newId }),
    );
  for (const [index, { id: offerId, name, entitlements }] of offers.entries()) {
    const offer = { offerId, name, merchantEntitlementIds: entitlements };
    await naming(`offers[${index}]`, () => change((unit, work) => addOffer(unit, work, offer)));
  }
  for (const [index, { id: orderId, offers: ids, ...user }] of orders.entries()) {
    for (const [place, grantedOffer] of ids.entries()) {
      const order = { ...user, orderId, grantOffer: grantedOffer };
      await naming(`orders[${index}].offers[${place}]`, () =>
        change((unit, work) => grantOffer(unit, work, order)),
      );
    }
  }
}

/** Has a refusal name the object that it is about. @throws ApiError 400 in place of a refusal */
async function naming(path: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ApiError || !(error instanceof Refusal)) throw error;
    throw badRequest(`${path}: ${error.message}`);
  }
}

/** The demo data as a seed. */
function readDemo(): Seed {
  const file = join(PACKAGE_ROOT, 'fixtures', 'demo.json');
  const { accounts, offers } = JSON.parse(readFileSync(file, 'utf8')) as Demo;
  return {
    accounts: accounts.map(({ account }) => account),
    entitlements: accounts.flatMap(({ account: { merchantAccountId }, entitlements }) =>
      entitlements.map((entitlement) => ({
        account: { merchantAccountId },
        ...withMoments(entitlement),
      })),
    ),
    offers: offers.map(({ offerId, name, merchantEntitlementIds: entitlements }) => {
      return { id: offerId, name, entitlements };
    }),
  };
}

/** The file of the demo data; its moments are UTC milliseconds. */
interface Demo {
  readonly accounts: ReadonlyArray<{
    readonly account: Record<string, unknown>;
    readonly entitlements: ReadonlyArray<Record<string, unknown>>;
  }>;
  readonly offers: ReadonlyArray<{
    readonly offerId: string;
    readonly name: string;
    readonly merchantEntitlementIds: string[];
  }>;
}

function withMoments(entitlement: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(entitlement).map(([name, value]) => [
    name,
    typeof value === 'number' ? toIso(value) : value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
