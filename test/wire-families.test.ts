/**
 * Every wire case of 22.0 again in each of the other contract families, and those about AutoBills in
 * versions between. Nothing of it is stored:
 *
 * - The request speaks the family's version: in namespaces, SOAPAction, path and auth. Where the
 *   family has no srd (below 13.0) the element is taken out. Blanks at the end make up for what the
 *   body loses, for some cases are about how long it may be.
 * - The reply is reply.http in the family's namespaces, without the elements that the family lacks
 *   and without values that its enumerations lack: what a request gives of such is without effect,
 *   and what is stored of it is not shown; an AutoBill's status is a word that it has. What
 *   the family alone has is passed over. Where an srd that held text was taken out, the reply holds
 *   reply.http and more. Line and column in a Fault are not compared.
 * - The ledger gains what effects.json says.
 *
 * A case is left out of a family
 *
 * - when the version is one between the known ones, and it has nothing to do with AutoBills;
 * - when it isn't one of 22.0 alone: a request names another version, or none;
 * - when it is about strict validation: its Fault quotes the WSDL;
 * - when it is refused for its srd and the family has none;
 * - when the family lacks its operation;
 * - when it makes an account the child of another by an element that the family lacks;
 * - when it narrows a listing, or gives a reason, by an element that the family lacks;
 * - when a request gives a value that an enumeration of the family lacks (it is refused there);
 * - when it is refused with 400 and gives an element that the family lacks (it may be for that).
 */
import { join } from 'node:path';
import { loadContract } from '../src/contract/contract';
import { listCases, readText, startCase, type WireCase } from './harness/cases';
import { differences, effect, readReply, showReply } from './harness/compare';
import { asFarAs, BETWEEN, FAMILIES, Family, type StoredStep } from './harness/families';
import { send } from './harness/send';
import { ROOT } from './harness/server';
import { collect } from './harness/collect';

const contract = loadContract(join(ROOT, 'wsdl'));
const CASES = listCases()
  .filter(({ settings }) => settings?.validation !== 'strict')
  .map((wireCase) => ({ wireCase, steps: readSteps(wireCase) }));

for (const family of [...FAMILIES, ...BETWEEN].map((version) => new Family(contract, version))) {
  const here = CASES.filter(({ steps }) => family.reasonToLeaveOut(steps) === undefined);

  describe(`wire cases of 22.0 at ${family.version}`, () => {
    test.each(here.map(({ wireCase, steps }) => [wireCase.title, wireCase, steps] as const))(
      '%s',
      (_title, wireCase, steps) => play(family, wireCase, steps),
    );
  });
}

function readSteps(wireCase: WireCase): StoredStep[] {
  return wireCase.steps.map(({ request, reply, now }) => ({
    now,
    request: readText(wireCase, request) ?? '',
    reply: readText(wireCase, reply) ?? '',
  }));
}

async function play(
  family: Family,
  wireCase: WireCase,
  steps: readonly StoredStep[],
): Promise<void> {
  const server = await startCase(wireCase);
  try {
    const seeded = (await collect(server.store.listLedger({}))).length;
    for (const step of steps) {
      if (step.now !== undefined) server.setNow(step.now);
      const reply = await send(server.url, family.request(step.request), wireCase.body);
      expectReply(family, step, showReply(reply));
    }
    const effects = (await collect(server.store.listLedger({}))).slice(seeded).map(effect);
    expect(effects).toEqual(JSON.parse(readText(wireCase, 'effects.json') ?? '[]'));
  } finally {
    await server.stop();
  }
}

function expectReply(family: Family, { request, reply }: StoredStep, shown: string): void {
  const stored = readReply(withoutPlace(family.rename(reply)));
  const expected = { ...stored, envelope: family.reduce(stored.envelope) };
  const got = readReply(withoutPlace(shown));
  // Nothing that the family lacks, also where there may be more than is expected.
  expect(differences({ ...got, envelope: family.reduce(got.envelope) }, got)).toEqual([]);
  const common = family.reduceToFull(got.envelope);
  const envelope = family.asksForPart(request) ? asFarAs(expected.envelope, common) : common;
  expect(differences({ ...got, envelope }, expected)).toEqual([]);
}

/** Where XML is not well-formed: in a request whose text is another, that is another place. */
function withoutPlace(reply: string): string {
  return reply.replace(/XML: \d+:\d+/, 'XML: line:column');
}
