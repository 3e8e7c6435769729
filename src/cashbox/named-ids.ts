/** The ids that a SOAP call names, for the log's line of one that is refused. */
import type { IdKind, NamedIds } from '../base/log-ids';

/** Parts and elements that hold an id, whatever the operation. */
const KINDS: Readonly<Record<string, IdKind>> = {
  merchantAccountId: 'account',
  externalId: 'account',
  emailAddress: 'email',
  email: 'email',
  merchantEntitlementId: 'entitlement',
  entitlementId: 'entitlement',
  merchantAutoBillId: 'autoBill',
};

/** What a VID names, by the part or class that it belongs to. */
const VID_KINDS: ReadonlyArray<readonly [RegExp, IdKind]> = [
  [/autobill/i, 'autoBill'],
  [/account|parent|child/i, 'VID'],
];

/** Objects that are looked into. */
const OBJECTS = /account|parent|child|autobill|entitlement/i;

/** The most elements of a list that are looked at. */
const MOST = 5;

/** @param service the class; @param input the decoded parts */
export function namedIds(service: string, input: Readonly<Record<string, unknown>>): NamedIds {
  return [...idsOf(service, input, 2)];
}

function* idsOf(
  owner: string,
  value: Readonly<Record<string, unknown>>,
  depth: number,
): Generator<readonly [IdKind, string]> {
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === 'string') {
      const kind = /^vid$/i.test(name) ? vidKind(owner) : KINDS[name];
      if (kind && part !== '') yield [kind, part];
    } else if (depth > 0 && OBJECTS.test(name)) {
      for (const one of listOf(part)) {
        for (const [kind, id] of idsOf(name, one, depth - 1)) {
          yield [name === 'sourceAccount' && kind !== 'email' ? 'otherAccount' : kind, id];
        }
      }
    }
  }
}

function vidKind(owner: string): IdKind | undefined {
  return VID_KINDS.find(([pattern]) => pattern.test(owner))?.[1];
}

function listOf(part: unknown): Array<Readonly<Record<string, unknown>>> {
  const all: readonly unknown[] = Array.isArray(part) ? part.slice(0, MOST) : [part];
  return all.filter((one) => typeof one === 'object' && one !== null) as Array<
    Readonly<Record<string, unknown>>
  >;
}
