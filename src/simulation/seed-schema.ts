/** The JSON Schema of a seed, made of the contract's model. */
import { z } from 'zod';
import type { ComplexType, ContractVersion, Type } from '../contract/model';
import { ACCOUNT, KINDS, SeedFields } from './seed';

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema's own words for types of XML Schema; the others are texts. */
const SCALARS: Readonly<Record<string, Schema>> = {
  boolean: { type: ['boolean', 'string'] },
  int: { type: ['integer', 'string'] },
  integer: { type: ['integer', 'string'] },
  decimal: { type: ['number', 'string'] },
  float: { type: ['number', 'string'] },
  dateTime: { type: 'string', description: 'xsd:dateTime: 2026-01-31T23:00:00Z.' },
  date: { type: 'string', description: 'xsd:date: 2026-01-31.' },
};

/** Builds it. @param version the contract's version whose objects a seed has */
export function seedSchema(version: ContractVersion): Schema {
  const definitions: Record<string, Schema> = {};
  const base = z.toJSONSchema(SeedFields, { io: 'input' }) as {
    properties: Record<string, Schema>;
  };
  const properties: Record<string, Schema> = { ...base.properties };
  for (const { list, service, operation, part } of KINDS) {
    const input = version.services.get(service)?.operations.get(operation)?.input;
    const type = input?.fieldsByName.get(part)?.type as ComplexType;
    const account = input?.fieldsByName.get(ACCOUNT)?.type;
    const items = reference(type, definitions);
    properties[list] = {
      type: 'array',
      items:
        list === 'entitlements' && account
          ? withAccount(definitions[type.name] as Schema, reference(account, definitions))
          : items,
    };
  }
  return { ...base, properties, additionalProperties: false, $defs: definitions };
}

/** An entitlement names its account beside its own fields. */
function withAccount(entitlement: Schema, account: Schema): Schema {
  const { properties } = entitlement as { properties: Schema };
  return {
    ...entitlement,
    properties: { [ACCOUNT]: account, ...properties },
    required: [ACCOUNT],
  };
}

function reference(type: Type, definitions: Record<string, Schema>): Schema {
  if (type.kind === 'builtin') return SCALARS[type.name] ?? { type: 'string' };
  if (type.kind === 'simple') return { type: 'string', enum: [...type.values] };
  if (!definitions[type.name]) {
    // Before its fields: a type may contain itself.
    definitions[type.name] = {};
    definitions[type.name] = describe(type, definitions);
  }
  return { $ref: `#/$defs/${type.name}` };
}

function describe({ fields, documentation }: ComplexType, definitions: Record<string, Schema>) {
  const properties = fields.map(({ name, type, repeated }) => {
    const schema = reference(type, definitions);
    return [name, repeated ? { type: 'array', items: schema } : schema] as const;
  });
  return {
    type: 'object',
    ...(documentation === undefined ? {} : { description: documentation }),
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}
