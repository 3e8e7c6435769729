/** Renders the contract's types as TypeScript, so that a handler is checked against the WSDL. */
import type {
  BuiltinName,
  ComplexType,
  ContractVersion,
  Field,
  Service,
  SimpleType,
  Type,
} from '../src/contract/model';

const BUILTIN_TYPES: Readonly<Record<BuiltinName, string>> = {
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  integer: 'bigint',
  decimal: 'string',
  float: 'string',
  base64Binary: 'string',
  dateTime: 'Timestamp',
  date: 'string',
  anyURI: 'string',
};

const HEADER = `/**
 * Generated from wsdl/ by \`npm run generate\`. Do not edit.
 *
 * Typed as decoding gives them and encoding takes them: a decimal or float is its text, an absent element
 * is undefined. Input fields are all optional, for the server is liberal in what it takes; output
 * fields are required where the schema says so.
 */

/** A moment in UTC milliseconds since 1970. */
export type Timestamp = number;
`;

/**
 * The content of `src/contract/types.generated.ts`.
 * @param classes those whose operations are described, with the types that these reach
 */
export function renderTypes(version: ContractVersion, classes: readonly string[]): string {
  const described = classes.flatMap((name) => version.services.get(name) ?? []);
  const reached = reachedTypes(described);
  const types = [...version.types.values()]
    .filter((type) => reached.has(type))
    .map((type) => (type.kind === 'simple' ? renderEnumeration(type) : renderInterface(type)));
  const services = described.map(
    (service) =>
      `/** Input and output of each operation of ${service.name}. */\n` +
      `export interface ${service.name}Operations {\n` +
      [...service.operations.values()]
        .map(
          ({ name, input, output }) =>
            `  ${name}: {\n` +
            `    input: ${renderInline(input, optional)};\n` +
            `    output: ${renderInline(output, required)};\n` +
            `  };\n`,
        )
        .join('') +
      '}\n',
  );
  return [HEADER, ...types, ...services].join('\n');
}

/** The types of the messages, and of their contents. */
function reachedTypes(services: readonly Service[]): ReadonlySet<Type> {
  const reached = new Set<Type>();
  const visit = ({ fields }: ComplexType): void => {
    for (const { type } of fields) {
      if (reached.has(type)) continue;
      reached.add(type);
      if (type.kind === 'complex') visit(type);
    }
  };
  for (const { operations } of services) {
    for (const { input, output } of operations.values()) [input, output].forEach(visit);
  }
  return reached;
}

function renderEnumeration(type: SimpleType): string {
  const values = [...type.values].map((value) =>
    type.base.name === 'int' ? value : `'${value.replaceAll("'", "\\'")}'`,
  );
  return `export type ${type.name} =\n${values.map((value) => `  | ${value}`).join('\n')};\n`;
}

function renderInterface(type: ComplexType): string {
  const fields = type.fields.map((field) => `  ${renderField(field, optional)}\n`).join('');
  const comment = type.documentation ? `/** ${type.documentation} */\n` : '';
  return `${comment}export interface ${type.name} {\n${fields}}\n`;
}

/** The message's own parts, without `auth`, `srd` and `return`: the server handles those. */
function renderInline(message: ComplexType, presence: (field: Field) => boolean): string {
  const fields = message.fields
    .filter(({ name }) => !['auth', 'srd', 'return'].includes(name))
    .map((field) => renderField(field, presence));
  return fields.length === 0 ? 'Record<never, never>' : `{ ${fields.join(' ')} }`;
}

function renderField(field: Field, isOptional: (field: Field) => boolean): string {
  const type = renderType(field.type);
  const mark = isOptional(field) ? '?' : '';
  return `${field.name}${mark}: ${field.repeated ? `${type}[]` : type}${mark ? ' | undefined' : ''};`;
}

function renderType(type: Type): string {
  return type.kind === 'builtin' ? BUILTIN_TYPES[type.name] : type.name;
}

const optional = () => true;
const required = (field: Field) => !field.required;
